import { mountCallsView } from '../../components/calls-view/mount-calls-view.tsx';

await mountCallsView('popup', document.getElementById('root') as HTMLElement);
