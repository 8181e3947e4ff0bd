/** WebAssembly instructions as bytes; an expression leaves its result on the stack. */
export type Code = number[];

export const valueTypes = { i32: 0x7f, i64: 0x7e, f32: 0x7d, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

/** A whole number >= 0 in LEB128. */
export function unsignedNumber(amount: number): Code {
  const bytes: Code = [];
  let rest = amount;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** A 32-bit whole number in signed LEB128. */
export function signedNumber(amount: number): Code {
  const bytes: Code = [];
  for (let rest = amount | 0; ; rest >>= 7) {
    const low = rest & 0x7f;
    const done = (rest >> 7 === 0 && !(low & 0x40)) || (rest >> 7 === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const simd = (opcode: number): Code => [0xfd, ...unsignedNumber(opcode)];
const unary =
  (code: Code) =>
  (a: Code): Code => [...a, ...code];
const binary =
  (code: Code) =>
  (a: Code, b: Code): Code => [...a, ...b, ...code];

export const i32 = {
  constant: (amount: number): Code => [0x41, ...signedNumber(amount)],
  add: binary([0x6a]),
  multiply: binary([0x6c]),
  and: binary([0x71]),
  xor: binary([0x73]),
  shiftLeft: binary([0x74]),
  shiftRight: binary([0x76]), // unsigned
  lessUnsigned: binary([0x49]),
  greaterUnsigned: binary([0x4b]),
  load: (address: Code, offset = 0): Code => [...address, 0x28, 2, ...unsignedNumber(offset)],
};

export const f32 = {
  load: (address: Code, offset = 0): Code => [...address, 0x2a, 2, ...unsignedNumber(offset)],
  constant: (amount: number): Code => [0x43, ...new Uint8Array(Float32Array.of(amount).buffer)],
};

export const v128 = {
  load: (address: Code, offset = 0): Code => [...address, ...simd(0x00), 4, ...unsignedNumber(offset)],
  store: (address: Code, lanes: Code): Code => [...address, ...lanes, ...simd(0x0b), 4, 0],
  loadSplat: (address: Code, offset = 0): Code => [...address, ...simd(0x09), 2, ...unsignedNumber(offset)],
  not: unary(simd(0x4d)),
  and: binary(simd(0x4e)),
  andNot: binary(simd(0x4f)),
  or: binary(simd(0x50)),
  xor: binary(simd(0x51)),
  /** Bits of `whenSet` where the mask is set, else of `otherwise`. */
  select: (whenSet: Code, otherwise: Code, mask: Code): Code => [...whenSet, ...otherwise, ...mask, ...simd(0x52)],
  /** Four 32-bit lanes picked from the eight of a and b. */
  shuffle: (a: Code, b: Code, lanes: number[]): Code => [
    ...a,
    ...b,
    ...simd(0x0d),
    ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
  ],
};

export const i32x4 = {
  splat: unary(simd(0x11)),
  lane: (a: Code, lane: number): Code => [...a, ...simd(0x1b), lane],
  withLane: (a: Code, lane: number, amount: Code): Code => [...a, ...amount, ...simd(0x1c), lane],
  equal: binary(simd(0x37)),
  less: binary(simd(0x39)),
  greater: binary(simd(0x3b)),
  shiftLeft: binary(simd(0xab)),
  shiftRightSigned: binary(simd(0xac)),
  shiftRight: binary(simd(0xad)),
  add: binary(simd(0xae)),
  subtract: binary(simd(0xb1)),
  truncate: unary(simd(0xf8)), // of f32x4, saturating
  truncateDoubles: unary(simd(0xfc)), // of f64x2 into the lower two lanes
};

/** The four 32-bit lanes as scalars, taken out as two pairs, which is fewer instructions. */
export function scalarLanes(writer: FunctionWriter, lanes: Code): Code[] {
  return [0, 1].flatMap((half) => {
    const pair = writer.keep("i64", [...lanes, ...simd(0x1d), half]);
    return [
      [...pair, 0xa7],
      [...pair, 0x42, 32, 0x88, 0xa7],
    ];
  });
}

export const f32x4 = {
  splat: unary(simd(0x13)),
  withLane: (a: Code, lane: number, amount: Code): Code => [...a, ...amount, ...simd(0x20), lane],
  equal: binary(simd(0x41)),
  notEqual: binary(simd(0x42)),
  less: binary(simd(0x43)),
  greater: binary(simd(0x44)),
  lessOrEqual: binary(simd(0x45)),
  greaterOrEqual: binary(simd(0x46)),
  fromDoubles: unary(simd(0x5e)), // of f64x2 into the lower two lanes
  floor: unary(simd(0x68)),
  truncate: unary(simd(0x69)),
  nearest: unary(simd(0x6a)),
  abs: unary(simd(0xe0)),
  negate: unary(simd(0xe1)),
  sqrt: unary(simd(0xe3)),
  add: binary(simd(0xe4)),
  subtract: binary(simd(0xe5)),
  multiply: binary(simd(0xe6)),
  divide: binary(simd(0xe7)),
  min: binary(simd(0xe8)), // NaN if either is
  max: binary(simd(0xe9)),
  /** b where b < a, else a: the first operand where either is NaN. */
  lower: binary(simd(0xea)),
  /** b where a < b, else a. */
  higher: binary(simd(0xeb)),
  fromIntegers: unary(simd(0xfa)),
};

export const f64x2 = {
  fromFloats: unary(simd(0x5f)), // of the lower two lanes
  fromIntegers: unary(simd(0xfe)), // of the lower two lanes
  nearest: unary(simd(0x94)),
  add: binary(simd(0xf0)),
  subtract: binary(simd(0xf1)),
  multiply: binary(simd(0xf2)),
  divide: binary(simd(0xf3)),
  lower: binary(simd(0xf6)),
  higher: binary(simd(0xf7)),
  splat: unary(simd(0x14)),
  constant: (amount: number): Code => [0x44, ...new Uint8Array(Float64Array.of(amount).buffer)],
};

export const local = {
  get: (index: number): Code => [0x20, ...unsignedNumber(index)],
  set: (index: number, amount: Code): Code => [...amount, 0x21, ...unsignedNumber(index)],
};

/** Repeats the body while the condition at its end holds. */
export function repeatWhile(body: Code, condition: Code): Code {
  return [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b];
}

/** Tests before each turn. */
export function whileLoop(condition: Code, body: Code): Code {
  return [0x02, 0x40, 0x03, 0x40, ...condition, 0x45, 0x0d, 1, ...body, 0x0c, 0, 0x0b, 0x0b];
}

/** A function under construction: i32 parameters, locals by type, code that runs once and code of the loop. */
export interface FunctionWriter {
  /** A new local. */
  local(type: ValueType): number;
  /** Adds statements. */
  emit(code: Code): void;
  /** Puts an expression into a local of its own; answers the code that reads it. */
  keep(type: ValueType, amount: Code): Code;
  /** An f32 in all lanes, held from the beginning of the function. */
  constant(amount: number): Code;
  /** 32 bits in all lanes, held from the beginning of the function. */
  bits(amount: number): Code;
  /** A double in both lanes, held from the beginning of the function. */
  double(amount: number): Code;
  /** What was emitted since the last call. */
  taken(): Code;
  /** The whole function body. */
  finish(): Code;
}

export function functionWriter(parameters: number): FunctionWriter {
  const locals: ValueType[] = [];
  const held = new Map<string, number>();
  let prologue: Code = [];
  let code: Code = [];
  const newLocal = (type: ValueType): number => parameters + locals.push(type) - 1;
  function hold(key: string, lanes: Code): Code {
    const known = held.get(key);
    if (known !== undefined) return local.get(known);
    const index = newLocal("v128");
    held.set(key, index);
    prologue = [...prologue, ...local.set(index, lanes)];
    return local.get(index);
  }
  return {
    local: newLocal,
    emit: (more) => void (code = [...code, ...more]),
    keep(type, amount) {
      const index = newLocal(type);
      code = [...code, ...local.set(index, amount)];
      return local.get(index);
    },
    constant: (amount) => hold(`f32 ${Object.is(amount, -0) ? "-0" : amount}`, f32x4.splat(f32.constant(amount))),
    bits: (amount) => hold(`bits ${amount | 0}`, i32x4.splat(i32.constant(amount))),
    double: (amount) => hold(`f64 ${amount}`, f64x2.splat(f64x2.constant(amount))),
    taken() {
      const since = code;
      code = [];
      return since;
    },
    finish: () => [...unsignedNumber(locals.length), ...locals.flatMap((type) => [1, valueTypes[type]]), ...prologue, ...code, 0x0b],
  };
}

const magicAndVersion: Code = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** The bytes of a module of functions of `parameters` i32 each, exported by place as "0", "1", ..., over the imported memory. */
export function moduleBytes(parameters: number, bodies: Code[]): Uint8Array {
  const section = (id: number, content: Code): Code => [id, ...unsignedNumber(content.length), ...content];
  const counted = (items: Code[]): Code => [...unsignedNumber(items.length), ...items.flat()];
  const text = (characters: string): Code => [characters.length, ...Array.from(characters, (one) => one.charCodeAt(0))];
  const types = counted([[0x60, parameters, ...Array.from({ length: parameters }, () => valueTypes.i32), 0]]);
  const memory = counted([[...text("engine"), ...text("memory"), 0x02, 0x00, 1]]);
  const exported = bodies.map((_, index) => [...text(String(index)), 0x00, ...unsignedNumber(index)]);
  const code = bodies.map((body) => [...unsignedNumber(body.length), ...body]);
  return Uint8Array.from([
    ...magicAndVersion,
    ...section(1, types),
    ...section(2, memory),
    ...section(3, counted(bodies.map(() => [0]))),
    ...section(7, counted(exported)),
    ...section(10, counted(code)),
  ]);
}
