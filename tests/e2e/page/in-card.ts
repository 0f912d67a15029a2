import { expect, type Harness } from './harness.ts';

/** The words of the open card. */
export const card = (crm: Harness) => crm.inWorld<string[] | null>('world.card()');

/** Rests the pointer on an element. */
export async function over(crm: Harness, selector: string): Promise<void> {
  const box = await crm.page.locator(selector).boundingBox();
  if (!box) throw new Error(`No box of ${selector}`);
  await crm.page.mouse.move(box.x + box.width / 2 - 8, box.y + box.height / 2);
  await crm.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** Presses a control of the card with the real mouse, once it has stood long enough to be trusted. */
export async function pressInCard(crm: Harness, text: string): Promise<void> {
  await expect.poll(() => crm.inWorld(`world.cardControl(${JSON.stringify(text)})`)).toBeTruthy();
  const { x, y } = await crm.inWorld<{ x: number; y: number }>(`world.cardControl(${JSON.stringify(text)})`);
  await crm.page.mouse.move(x, y);
  await crm.settle(900);
  await crm.page.mouse.click(x, y);
}

/** The call is refused until a reason is given. */
export const refuse = (crm: Harness) =>
  crm.inWorld('world.cards.past.refusal = { text: "Not at this hour.", overridable: true }');
