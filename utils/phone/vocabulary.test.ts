import { describe, expect, it } from 'vitest';
import { vocabulary } from './vocabulary.ts';

/** Latin letters of these languages, Greek and Cyrillic. */
const written =
  'aăâáàảãạấầẩẫậắằẳẵặbcćčdđďeêéèẻẽẹếềểễệęěfgğhiíìỉĩịîïıjklłmnñńňoôơóòỏõọốồổỗộớờởỡợöőøpqrřsśşšßtťuưúùủũụứừửữựüűůvwxyýỳỷỹỵzźżžåæç' +
  'αάβγδεέζηήθιίκλμνξοόπρσςτυύφχψωώабвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя';
const others = ' 0123456789.,:;-–/()#*+_=@&\u200b\u0301×÷°№、。،٠';

describe('the letters of the patterns', () => {
  const { patterns } = vocabulary();
  const texts = Object.values(patterns).join('');

  it('are none of Unicode’s classes, which take long to compile', () => expect(texts).not.toMatch(/\\p\{L/));

  it('have what people write on the side that Unicode has it', () => {
    const classes = [...new Set(texts.match(/\[(?:a-zß|A-ZÀ|A-Za-zªµ)[^\]]*\]/g))].filter(
      (one) => !/[/.|]/.test(one.slice(1, -1)),
    );
    expect(classes.length).toBeGreaterThanOrEqual(3);
    for (const [each, property] of [
      [/^\[a-zß/, /\p{Ll}/u],
      [/^\[A-ZÀ/, /\p{Lu}/u],
      [/^\[A-Za-zªµ/, /\p{L}/u],
    ] as const) {
      const plain = new RegExp(classes.find((one) => each.test(one)) ?? '', 'u');
      for (const letter of [...written, ...written.toUpperCase(), ...others, ...'電話ハทגع번'])
        expect(`${letter} ${plain.test(letter)}`).toBe(`${letter} ${property.test(letter)}`);
    }
  });
});
