import { mountCallsView } from '../../components/calls-view/mount-calls-view.tsx';

await mountCallsView('sidepanel', document.getElementById('root') as HTMLElement);
