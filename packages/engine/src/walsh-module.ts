/** The bytes of a WebAssembly module for the Walsh-Hadamard transform of four interleaved f32 columns; see `walshKernels`. */
export function walshModuleBytes(): Uint8Array<ArrayBuffer> {
  const bodies = [...[1, 2, 3].map(passBody), blockBody(), gatherBody(), groupBody(), sumCellsBody(), rowsBody(8), rowsBody(4)];
  const parameters = [3, 3, 3, 2, 4, 5, 4, 4, 4];
  const names = ["passOfOne", "passOfTwo", "passOfThree", "block", "gather", "group", "sumCells", "rowsOfDoubles", "rowsOfSingles"];
  return Uint8Array.from([
    ...magic,
    ...section(1, vector(parameters.map((count) => [0x60, ...vector(Array.from({ length: count }, () => [i32])), 0x00]))),
    ...section(2, vector([[...text("rows"), ...text("memory"), 0x02, 0x00, 0x01]])),
    ...section(3, vector(parameters.map((_, type) => [type]))),
    ...section(7, vector(names.map((name, index) => [...text(name), 0x00, index]))),
    ...section(10, vector(bodies.map((code) => [...unsigned(code.length), ...code]))),
  ]);
}

const [blockIndex, gatherIndex, groupIndex] = [3, 4, 5];

const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

type Code = number[];

const [i32, v128] = [0x7f, 0x7b];
const add = 0x6a;
const shiftLeft = 0x74;
const exclusiveOr = 0x73;

const constant = (amount: number): Code => [0x41, ...signed(amount)];
const get = (local: number): Code => [0x20, ...unsigned(local)];
const set = (local: number): Code => [0x21, ...unsigned(local)];
const advance = (local: number, by: Code): Code => [...get(local), ...by, add, ...set(local)];
const simd = (operation: number): Code => [0xfd, ...unsigned(operation)];
const loadWord = (offset: number): Code => [0x28, 2, offset];
const load = (offset = 0): Code => [...simd(0), 4, ...unsigned(offset)];
const store = (offset = 0): Code => [...simd(11), 4, ...unsigned(offset)];
const [f32x4Add, f32x4Subtract, f64x2Add, promoteLow] = [0xe4, 0xe5, 0xf0, 0x5f].map(simd);
const demote = simd(0x5e); // two doubles to two singles and two zeros
/** Four of the eight f32 lanes of two vectors. */
const shuffle = (lanes: number[]): Code => [...simd(13), ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte))];
const sequence = (...codes: Code[]): Code => codes.flat();

/** Repeats while the counter that the body advances stays below a limit; the body runs at least once. */
const repeat = (body: Code, counter: number, limit: Code): Code => [0x03, 0x40, ...body, ...get(counter), ...limit, 0x49, 0x0d, 0x00, 0x0b];
const when = (condition: Code, body: Code): Code => [...condition, 0x04, 0x40, ...body, 0x0b];
const call = (index: number, ...inputs: Code[]): Code => [...inputs.flat(), 0x10, index];

/** pass(address, stride, butterflies): `bits` stages at once, of distance stride, 2 stride, 4 stride. */
function passBody(bits: number): Code {
  const [address, stride, butterflies, turn, at, bytes] = [0, 1, 2, 3, 4, 5];
  const lane = (index: number) => 6 + index;
  const points = 2 ** bits;
  const both = (low: number, high: number): Code => [...get(lane(low)), ...get(lane(high))];
  const butterfly = (low: number, high: number): Code =>
    sequence(both(low, high), f32x4Add, both(low, high), f32x4Subtract, set(lane(high)), set(lane(low)));
  const within: Code = [...get(stride), ...constant(1), 0x6b, ...get(turn), 0x71]; // turn mod stride
  const start = sequence(
    [...get(turn), ...within, 0x6b, ...constant(bits), shiftLeft, ...within, add],
    [...constant(4), shiftLeft, ...get(address), add, ...set(at)],
  );
  const everyLane = (code: (index: number) => Code): Code => Array.from({ length: points }, (_, index) => code(index)).flat();
  const loop: Code = [
    ...start,
    ...everyLane((index) => [...get(at), ...load(), ...set(lane(index)), ...(index < points - 1 ? advance(at, get(bytes)) : [])]),
    ...Array.from({ length: bits }, (_, stage) =>
      everyLane((index) => ((index >> stage) & 1 ? [] : butterfly(index, index + 2 ** stage))),
    ).flat(),
    ...everyLane((index) => {
      const last = points - 1 - index;
      return [...get(at), ...get(lane(last)), ...store(), ...(last > 0 ? [...get(at), ...get(bytes), 0x6b, ...set(at)] : [])];
    }),
    ...advance(turn, constant(1)),
  ];
  return body(
    [
      [3, i32],
      [points, v128],
    ],
    [...get(stride), ...constant(4), shiftLeft, ...set(bytes), ...repeat(loop, turn, get(butterflies))],
  );
}

/** block(address, stages): the whole transform of 2^stages points, three stages at a time. */
function blockBody(): Code {
  const [address, stages, stride] = [0, 1, 2];
  const left: Code = [...get(stages), ...get(stride), 0x6b]; // `stride` counts the stages done
  const pass = (bits: number): Code =>
    call(
      bits - 1,
      get(address),
      [...constant(1), ...get(stride), shiftLeft],
      [...constant(1), ...get(stages), ...constant(bits), 0x6b, shiftLeft],
    );
  const three: Code = [...pass(3), ...advance(stride, constant(3))];
  return body(
    [[1, i32]],
    [
      ...when([...left, ...constant(2), 0x4b], repeat(three, stride, [...get(stages), ...constant(2), 0x6b])),
      ...when([...left, ...constant(2), 0x46], pass(2)),
      ...when([...left, ...constant(1), 0x46], pass(1)),
    ],
  );
}

/** gather(rows, offsets, stages, cells): copies the rows at 2^stages byte offsets and transforms them. */
function gatherBody(): Code {
  const [rows, offsets, stages, cells, into, end] = [0, 1, 2, 3, 4, 5];
  const copy: Code = [...get(into), ...get(rows), ...get(offsets), ...loadWord(0), add, ...load(), ...store()];
  return body(
    [[2, i32]],
    sequence(
      [...get(cells), ...set(into)],
      [...get(cells), ...constant(16), ...get(stages), shiftLeft, add, ...set(end)],
      repeat([...copy, ...advance(offsets, constant(4)), ...advance(into, constant(16))], into, get(end)),
      call(blockIndex, get(cells), get(stages)),
    ),
  );
}

/** group(rows, groups, points, shift, sums): adds row i XOR shift, four f32, to the four f64 sums of point i's u16 group. */
function groupBody(): Code {
  const [rows, groups, points, shift, sums, point, at, row] = [0, 1, 2, 3, 4, 5, 6, 7];
  const addTo = (offset: number, half: Code): Code => [...get(at), ...get(at), ...load(offset), ...half, ...f64x2Add, ...store(offset)];
  const loop = sequence(
    [...get(groups), 0x2f, 1, 0, ...constant(5), shiftLeft, ...get(sums), add, ...set(at)],
    [...get(rows), ...get(point), ...get(shift), exclusiveOr, ...constant(4), shiftLeft, add, ...load(), ...set(row)],
    addTo(0, [...get(row), ...promoteLow]),
    addTo(16, [...get(row), ...get(row), ...shuffle([2, 3, 2, 3]), ...promoteLow]),
    advance(groups, constant(2)),
    advance(point, constant(1)),
  );
  const locals: Locals = [
    [2, i32],
    [1, v128],
  ];
  return body(locals, repeat(loop, point, get(points)));
}

/** sumCells(jobs, end, cells, sums): for every job (plan, offset), gathers the plan's rows and adds their cells to sums + offset. */
function sumCellsBody(): Code {
  const [jobs, end, cells, sums, plan] = [0, 1, 2, 3, 4];
  const stages = [...get(plan), ...loadWord(4)];
  const loop = sequence(
    [...get(jobs), ...loadWord(0), ...set(plan)],
    call(gatherIndex, constant(0), [...get(plan), ...loadWord(0)], stages, get(cells)),
    call(
      groupIndex,
      get(cells),
      [...get(plan), ...loadWord(8)],
      [...constant(1), ...stages, shiftLeft],
      [...get(plan), ...loadWord(12)],
      [...get(sums), ...get(jobs), ...loadWord(4), add],
    ),
    advance(jobs, constant(8)),
  );
  return body([[1, i32]], repeat(loop, jobs, get(end)));
}

/**
 * rows(columns, points, rows, largest): four columns one behind the other as rows of four f32, and the largest size met in every
 * column (NaN where a draw is none). Columns are f64 or f32.
 */
function rowsBody(bytes: 4 | 8): Code {
  const [columns, points, rows, largest, end, stride] = [0, 1, 2, 3, 4, 5];
  const lane = (index: number) => 6 + index;
  const [most, low, high] = [10, 11, 12];
  const both = (one: number, other: number, lanes: number[]): Code => [...get(one), ...get(other), ...shuffle(lanes)];
  const put = (row: number, lanes: number[]): Code =>
    sequence(
      [...get(rows), ...both(low, high, lanes), ...store(row * 16)],
      [...get(most), ...get(rows), ...load(row * 16), ...simd(0xe0), ...simd(0xe9), ...set(most)],
    );
  const pair = (first: number, lanes: number[]): Code =>
    sequence(
      [...both(lane(0), lane(1), lanes), ...set(low)],
      [...both(lane(2), lane(3), lanes), ...set(high)],
      put(first, [0, 1, 4, 5]),
      put(first + 1, [2, 3, 6, 7]),
    );
  const column = (index: number): Code => [...get(columns), ...get(stride), ...constant(index), 0x6c, add, ...load()];
  const loop = sequence(
    ...[0, 1, 2, 3].map((index) => [...column(index), ...(bytes === 8 ? demote : []), ...set(lane(index))]),
    pair(0, [0, 4, 1, 5]),
    bytes === 4 ? pair(2, [2, 6, 3, 7]) : [],
    advance(columns, constant(16)),
    advance(rows, constant((16 * 16) / bytes)),
  );
  const locals: Locals = [
    [2, i32],
    [7, v128],
  ];
  return body(
    locals,
    sequence(
      [...get(points), ...constant(bytes), 0x6c, ...set(stride)],
      [...get(columns), ...get(stride), add, ...set(end)],
      repeat(loop, columns, get(end)),
      [...get(largest), ...get(most), ...store()],
    ),
  );
}

type Locals = [count: number, type: number][];

function body(locals: Locals, code: Code): Code {
  return [...vector(locals.map(([count, type]) => [...unsigned(count), type])), ...code, 0x0b];
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): Code {
  return vector(Array.from(name, (letter) => [letter.charCodeAt(0)]));
}

function unsigned(amount: number): Code {
  return amount < 128 ? [amount] : [(amount & 127) | 128, ...unsigned(amount >>> 7)];
}

function signed(amount: number): Code {
  return amount >= -64 && amount < 64 ? [amount & 127] : [(amount & 127) | 128, ...signed(amount >> 7)];
}
