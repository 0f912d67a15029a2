import { expect, it } from 'vitest';
import type { LiveCall } from '../contract.ts';
import { createLegs } from './join-legs.ts';

type More = { interaction?: string; otherLeg?: string } & Partial<LiveCall>;
type Heard = [leg: string, state: LiveCall['state'], more?: More];

/** What each party was told, as `<call> <state> <whose phone rings> <talk>`, when each leg has its own parties. */
function tellOf(parties: Record<string, string[]>, heard: Heard[], legs = createLegs()) {
  const told: Record<string, string[]> = {};
  for (const [leg, state, { interaction = '', otherLeg = '', ...more } = {}] of heard) {
    const of = legs.callOf({ callId: leg, interaction, otherLeg });
    const rest = { direction: 'outbound', peer: { number: '1', name: null }, at: 0, cause: null } as const;
    const call: LiveCall = { ...rest, callId: leg, state, talkSeconds: null, ...more };
    const joined = legs.join(of, new Map((parties[leg] ?? ['me']).map((party) => [party, call])));
    for (const [party, one] of joined) {
      const words = [one.callId, one.state, one.rings ?? null, one.talkSeconds].filter((word) => word !== null);
      told[party] = [...(told[party] ?? []), words.join(' ')];
    }
  }
  return told;
}
const same = { interaction: 'i' };
const incoming = { ...same, direction: 'inbound' } as const;
const own = { ...same, rings: 'own' } as const;

it.each<[string, Heard[], string[]]>([
  [
    'one leg is told of as it is heard',
    [
      ['a', 'ringing'],
      ['a', 'answered'],
      ['a', 'ended', { talkSeconds: 5 }],
    ],
    ['a ringing', 'a answered', 'a ended 5'],
  ],
  [
    'legs of one interaction are one call, whose talk is that of the leg to the other end',
    [
      ['a', 'ringing', same],
      ['a', 'answered', same],
      ['b', 'ringing', same],
      ['b', 'answered', same],
      ['b', 'ended', { ...same, talkSeconds: 40 }],
      ['a', 'ended', { ...same, talkSeconds: 60 }],
    ],
    ['a ringing', 'a answered', 'a ringing other', 'a answered', 'a ended 40'],
  ],
  [
    'a click rings the device, then the other end, where nobody answers: it was no talk',
    [
      ['a', 'ringing', own],
      ['a', 'answered', same],
      ['b', 'ringing', same],
      ['b', 'ended', { ...same, talkSeconds: 0 }],
      ['a', 'ended', { ...same, talkSeconds: 32 }],
    ],
    ['a ringing own', 'a answered', 'a ringing other', 'a ended 0'],
  ],
  [
    'a device that rings at two places is picked up at one',
    [
      ['a', 'ringing', own],
      ['a2', 'ringing', own],
      ['a2', 'answered', same],
      ['a', 'ended', { ...same, talkSeconds: 0 }],
      ['b', 'ringing', same],
      ['b', 'answered', same],
      ['b', 'ended', { ...same, talkSeconds: 40 }],
      ['a2', 'ended', { ...same, talkSeconds: 60 }],
    ],
    ['a ringing own', 'a answered', 'a ringing other', 'a answered', 'a ended 40'],
  ],
  [
    'a second carrier is tried while the other end does not answer yet',
    [
      ['a', 'ringing', own],
      ['a', 'answered', same],
      ['b', 'ringing', same],
      ['b', 'ringing', same],
      ['a', 'answered', same],
      ['b', 'ended', { ...same, talkSeconds: 0 }],
      ['c', 'ringing', same],
      ['c', 'answered', same],
    ],
    ['a ringing own', 'a answered', 'a ringing other', 'a answered'],
  ],
  [
    'the other end rings before the device is said to be picked up',
    [
      ['a', 'ringing', own],
      ['b', 'ringing', same],
      ['a', 'answered', same],
      ['b', 'answered', same],
      ['b', 'ended', { ...same, talkSeconds: 40 }],
      ['a', 'ended', { ...same, talkSeconds: 60 }],
    ],
    ['a ringing own', 'a ringing other', 'a answered', 'a ended 40'],
  ],
  [
    'a leg that rings after the other end answered ends no talk',
    [
      ['a', 'ringing', own],
      ['a', 'answered', same],
      ['b', 'ringing', same],
      ['b', 'answered', same],
      ['c', 'ringing', same],
    ],
    ['a ringing own', 'a answered', 'a ringing other', 'a answered'],
  ],
  [
    'a leg to somebody else ends no talk',
    [
      ['a', 'ringing', same],
      ['a', 'answered', same],
      ['b', 'ringing', { ...same, peer: { number: '2', name: null } }],
    ],
    ['a ringing', 'a answered'],
  ],
  [
    'another device that rings for a call that came in ends no talk',
    [
      ['a', 'ringing', incoming],
      ['a', 'answered', incoming],
      ['b', 'ringing', incoming],
    ],
    ['a ringing', 'a answered'],
  ],
  [
    'a leg that names the other is of the same call, and ends it last',
    [
      ['a', 'ringing'],
      ['b', 'ringing', { otherLeg: 'a' }],
      ['a', 'ended', { talkSeconds: 20 }],
      ['b', 'ended', { talkSeconds: 0 }],
    ],
    ['a ringing', 'a ended 0'],
  ],
  [
    'an interaction that comes to a leg later moves it to no other call',
    [
      ['a', 'ringing', { interaction: 'x' }],
      ['b', 'ringing', { interaction: 'y', otherLeg: 'a' }],
      ['b', 'ended', { interaction: 'y', talkSeconds: 3 }],
      ['a', 'ended', { interaction: 'y', talkSeconds: 4 }],
    ],
    ['a ringing', 'a ended 3'],
  ],
  [
    'a carrier that was tried in vain ends nothing',
    [
      ['a', 'ringing', same],
      ['b', 'ringing', same],
      ['b', 'ended', { ...same, talkSeconds: 0 }],
      ['c', 'ringing', same],
      ['c', 'answered', same],
      ['a', 'ended', { ...same, talkSeconds: 60 }],
      ['c', 'ended', { ...same, talkSeconds: 50 }],
    ],
    ['a ringing', 'a answered', 'a ended 50'],
  ],
  [
    'a leg after the last end is another call',
    [
      ['a', 'ringing', same],
      ['a', 'ended', same],
      ['b', 'ringing', same],
    ],
    ['a ringing', 'a ended', 'b ringing'],
  ],
  [
    'legs that have nothing in common are calls of their own',
    [
      ['a', 'ringing'],
      ['b', 'ringing'],
      ['a', 'ended'],
    ],
    ['a ringing', 'b ringing', 'a ended'],
  ],
  ['an end of which nothing else was heard is told', [['a', 'ended', same]], ['a ended']],
])('%s', (_what, heard, told) => expect(tellOf({}, heard)).toEqual({ me: told }));

it('ends a call for a colleague who did not pick up, and for nobody else', () => {
  const parties = { trunk: [], b: ['b'], c: ['c'] };
  const heard: Heard[] = [
    ['trunk', 'ringing', incoming],
    ['b', 'ringing', incoming],
    ['c', 'ringing', incoming],
    ['b', 'answered', incoming],
    ['c', 'ended', incoming],
    ['b', 'ended', { ...incoming, talkSeconds: 9 }],
  ];
  expect(tellOf(parties, heard)).toEqual({ b: ['b ringing', 'b answered', 'b ended 9'], c: ['c ringing', 'c ended'] });
});

it('tells each event of a call as later than the one before', () => {
  const legs = createLegs();
  const rest = { direction: 'outbound', peer: { number: '1', name: null }, talkSeconds: null, cause: null } as const;
  const tell = (callId: string, state: LiveCall['state'], at: number) =>
    [...legs.join('i', new Map([['me', { ...rest, callId, state, at }]])).values()].map((one) => one.at);
  const at = [
    tell('a', 'ringing', 1_000),
    tell('a', 'answered', 3_000),
    tell('b', 'ringing', 3_000),
    tell('b', 'answered', 2_000),
  ];
  expect(at.flat()).toEqual([1_000, 3_000, 3_001, 3_002]);
});

it('waits for no leg whose end may have been missed', () => {
  const legs = createLegs();
  tellOf(
    {},
    [
      ['a', 'ringing', same],
      ['b', 'ringing', same],
    ],
    legs,
  );
  legs.forget();
  expect(tellOf({}, [['a', 'ended', same]], legs)).toEqual({ me: ['a ended'] });
});

it.each<[string, More]>([
  ['that number', same],
  ['another number later', { ...same, peer: { number: '9', name: null } }],
  ['another direction later', incoming],
])('tells whoever placed a call of its carrier’s leg, which shows %s, and nobody who is no part of it', (_, later) => {
  const parties = { device: ['number', 'user'], carrier: ['company'], other: ['company'] };
  const heard: Heard[] = [
    ['device', 'ringing', own],
    ['device', 'answered', incoming],
    ['carrier', 'ringing', same],
    ['other', 'ringing', { ...same, peer: { number: '2', name: null } }],
    ['carrier', 'answered', later],
    ['device', 'ended', { ...incoming, talkSeconds: 60 }],
    ['carrier', 'ended', { ...later, talkSeconds: 40 }],
  ];
  const states = ['ringing own', 'answered', 'ringing other', 'answered', 'ended 40'];
  const { number, user } = tellOf(parties, heard);
  expect([number, user]).toEqual(Array(2).fill(states.map((state) => `device ${state}`)));
});

it('names the parties of more legs first, whose talk is that of the whole call', () => {
  const legs = createLegs();
  const rest = { direction: 'outbound', at: 0, cause: null } as const;
  const tell = (
    callId: string,
    state: LiveCall['state'],
    number: string,
    parties: string[],
    talkSeconds: number | null = null,
  ) => {
    const call = { ...rest, callId, state, peer: { number, name: null }, talkSeconds };
    return legs.join('i', new Map(parties.map((party) => [party, call])));
  };
  tell('device', 'ringing', '1', ['number', 'user']);
  // The carrier writes the number in a way that is not recognised.
  tell('carrier', 'ringing', '91', ['user']);
  tell('carrier', 'ended', '91', ['user'], 40);
  const ended = [...tell('device', 'ended', '1', ['number', 'user'], 60)].map(([party, call]) => [party, call.talkSeconds]);
  expect(ended).toEqual([
    ['user', 40],
    ['number', 60],
  ]);
});

it('tells whoever placed a call of no later one', () => {
  const parties = { first: ['number'], later: ['company'] };
  const heard: Heard[] = [
    ['first', 'ringing', own],
    ['first', 'ended', { ...incoming, talkSeconds: 0 }],
    ['later', 'ringing', same],
  ];
  expect(tellOf(parties, heard).number).toEqual(['first ringing own', 'first ended 0']);
});
