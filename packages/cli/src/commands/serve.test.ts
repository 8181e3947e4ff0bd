import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callIn } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";
import { main } from "../main.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "watershed-serve-"));
  await callIn(home, ["new", "fund"]);
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** `watershed serve` in this process: its address once it is open, and how to stop it. */
function serve(...argv: string[]): {
  address: Promise<string>;
  stop: () => void;
  code: Promise<number>;
  written: { out: string; err: string };
} {
  const written = { out: "", err: "" };
  const stopping = new AbortController();
  const { promise, resolve } = Promise.withResolvers<string>();
  const out = (text: string): void => {
    written.out += text;
    const address = /http:\S+/.exec(written.out)?.[0];
    if (address) resolve(address);
  };
  const err = (text: string): void => void (written.err += text);
  const terminal = {
    out,
    err,
    width: 100,
    colours: pc.createColors(false),
    live: false,
    cwd: home,
    environment: { WATERSHED_LOG: "warn" },
    stop: stopping.signal,
  };
  const code = main(["serve", "--data", "data", "--port", "0", ...argv], terminal);
  void code.then(() => resolve(`ended: ${written.err}`));
  return { address: promise, stop: () => stopping.abort(), code, written };
}

test("the workbench opens on a new database, knows its owner at the next start, and stops when told", async () => {
  const first = serve("--first", "fund");
  const address = new URL(await first.address);
  expect(first.written.out).toMatch(/Watershed is open at .*\n分水岭已启动：/);
  expect(await (await fetch(new URL("/api/session", address))).json()).toMatchObject({ signedIn: false, setup: "open" });
  const post = (path: string, body: unknown, to = address): Promise<Response> =>
    fetch(new URL(path, to), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const setup = await post("/api/setup", { name: "安娜", language: "zh" });
  expect(await setup.json()).toMatchObject({
    signedIn: true,
    user: { name: "安娜" },
    workspaces: [{ id: "my_workspace", role: "partner", person: "member" }],
  });
  first.stop();
  expect(await first.code).toBe(exitCodes.done);

  const again = serve("--first", "fund");
  const entrance = new URL(await again.address);
  expect(entrance.pathname).toBe("/sign-in");
  const token = entrance.searchParams.get("link");
  expect(await (await post("/api/sign-in/link", { token }, entrance)).json()).toMatchObject({ signedIn: true, user: { name: "安娜" } });
  expect((await post("/api/sign-in/link", { token }, entrance)).status).toBe(401);
  again.stop();
  expect(await again.code).toBe(exitCodes.done);
  expect(again.written.err).not.toContain(token);
});

test("a port that is taken, no port, and no such folder are told in both languages", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => {
    other.once("listening", resolve);
  });
  const { port } = other.address() as AddressInfo;
  const taken = serve("--port", String(port));
  expect(await taken.code).toBe(exitCodes.failed);
  expect(taken.written.err).toContain(`Port ${port} of 127.0.0.1 is taken`);
  expect(taken.written.err).toContain(`端口 ${port} 已被占用`);
  other.close();
  expect(await callIn(home, ["serve", "--port", "many"])).toMatchObject({
    code: exitCodes.wrongCall,
    err: expect.stringContaining("many 不是端口号"),
  });
  const nowhere = serve("--data", "other-data", "--first", "nowhere");
  expect(await nowhere.code).toBe(exitCodes.materialHasErrors);
  expect(nowhere.written.err).toContain("nowhere");
});
