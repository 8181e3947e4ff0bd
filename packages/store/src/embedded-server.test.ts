import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync } from "node:fs";
import { chmod, cp, mkdir, readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { majorVersion } from "./cluster.ts";
import { kindsOfDatabase, placeForDatabases } from "./databases.fixture.ts";
import type { Place } from "./databases.fixture.ts";
import { joinEmbeddedServer } from "./embedded-server.ts";
import type { EmbeddedServer } from "./embedded-server.ts";
import { findBinaries, linkLibraries } from "./postgres-binaries.ts";
import { isAlive, runningPostmaster } from "./postmaster.ts";

let place: Place;
let members: EmbeddedServer[] = [];
beforeEach(async () => void (place = await placeForDatabases()));
afterEach(async () => {
  for (const member of members) await member.leave();
  members = [];
  await place.clear();
});

async function joined(folder = place.folder, options = {}): Promise<EmbeddedServer> {
  const server = await joinEmbeddedServer(folder, options);
  if ("cannotRun" in server) throw new Error(server.cannotRun);
  members.push(server);
  return server;
}
async function ask(server: EmbeddedServer, text: string): Promise<unknown> {
  const client = new pg.Client(server.endpoint);
  await client.connect();
  try {
    return Object.values((await client.query(text)).rows[0])[0];
  } finally {
    await client.end();
  }
}
const cluster = (folder = place.folder): string => join(folder, `postgres-${majorVersion}`);

describe.runIf(kindsOfDatabase.length > 1)("the embedded PostgreSQL", () => {
  test("is made and started, writes through to the disk, and is its owner's alone", async () => {
    const server = await joined();
    expect(await ask(server, "show fsync")).toBe("on");
    expect(await ask(server, "show synchronous_commit")).toBe("on");
    expect(await ask(server, "show full_page_writes")).toBe("on");
    expect(await ask(server, "show data_checksums")).toBe("on");
    expect(await ask(server, "show listen_addresses")).toBe("");
    expect(await ask(server, "show server_encoding")).toBe("UTF8");
    expect(await ask(server, "select lower('ÄÖ') || upper('中文é')")).toBe("äö中文É");
    expect(await ask(server, "select rolsuper from pg_roles where rolname = current_user")).toBe(false);
    expect((await stat(server.endpoint.host)).mode & 0o777).toBe(0o700);
    expect((await stat(cluster())).mode & 0o777).toBe(0o700);
  });

  test("serves whoever comes later, and stops when the last one leaves", async () => {
    const [first, second] = [await joined(), await joined()];
    expect(second.pid()).toBe(first.pid());
    await first.leave();
    expect(isAlive(second.pid())).toBe(true);
    expect(await ask(second, "select 1")).toBe(1);
    await second.leave();
    expect(await runningPostmaster(cluster())).toBeUndefined();
    expect(await readFile(join(place.folder, "postgres.log"), "utf8")).toContain("received fast shutdown request");
    await second.leave();
  });

  test("is one for many processes that start at the same time, and for some that come while others go", async () => {
    const script = join(place.folder, "member.ts");
    const module = fileURLToPath(new URL("./embedded-server.ts", import.meta.url));
    await writeFile(
      script,
      `import { joinEmbeddedServer } from ${JSON.stringify(module)};
       const server = await joinEmbeddedServer(process.argv[2]);
       console.log(server.pid());
       await new Promise((done) => setTimeout(done, Number(process.argv[3])));
       await server.leave();`,
    );
    const member = async (stay: number): Promise<{ code: number | null; pid: number; err: string }> => {
      const child = spawn(process.execPath, [script, join(place.folder, "data"), String(stay)], { stdio: ["ignore", "pipe", "pipe"] });
      let [out, err] = ["", ""];
      child.stdout.on("data", (bytes: Buffer) => (out += bytes.toString()));
      child.stderr.on("data", (bytes: Buffer) => (err += bytes.toString()));
      const [code] = (await once(child, "close")) as [number | null];
      return { code, pid: Number(out), err };
    };
    const together = await Promise.all([1500, 1500, 1500, 1500].map(member));
    expect(together.map(({ code, err }) => ({ code, err }))).toEqual(together.map(() => ({ code: 0, err: "" })));
    const coming = await Promise.all([0, 20, 40, 60, 80, 100].map(async (wait) => pause(wait * 5).then(() => member(wait))));
    expect(coming.map(({ code, err }) => ({ code, err }))).toEqual(coming.map(() => ({ code: 0, err: "" })));
    expect(await runningPostmaster(cluster(join(place.folder, "data")))).toBeUndefined();
    expect((await readdir(join(place.folder, "data"))).filter((name) => name.includes(".new"))).toEqual([]);
  });

  test("is taken over where a killed process left it behind, and started again where it was killed itself", async () => {
    const script = join(place.folder, "left.ts");
    const module = fileURLToPath(new URL("./embedded-server.ts", import.meta.url));
    await writeFile(
      script,
      `import { joinEmbeddedServer } from ${JSON.stringify(module)}; const s = await joinEmbeddedServer(process.argv[2]); console.log(s.pid()); setInterval(() => {}, 1000);`,
    );
    const data = join(place.folder, "data");
    const child = spawn(process.execPath, [script, data], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const pid = Number(line);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isAlive(pid)).toBe(true);
    const server = await joined(data);
    expect(server.pid()).toBe(pid);
    process.kill(pid, "SIGKILL");
    for (const until = Date.now() + 60_000; server.pid() === pid && Date.now() < until; await pause(20)) await server.running();
    expect(await ask(server, "select 1")).toBe(1);
    expect(server.pid()).not.toBe(pid);
  });

  test("is not mistaken for another program that has its number after a restart of the machine", async () => {
    const server = await joined();
    const file = join(cluster(), "postmaster.pid");
    const was = (await readFile(file, "utf8")).split("\n");
    await server.leave();
    await writeFile(file, [String(process.pid), ...was.slice(1)].join("\n"));
    expect(await runningPostmaster(cluster())).toBeUndefined();
    const again = await joined();
    expect(await ask(again, "select 1")).toBe(1);
    expect(again.pid()).not.toBe(process.pid);
  });

  test("has its socket elsewhere where the path of its folder is too long for one", async () => {
    const deep = join(place.folder, "很深的文件夹".repeat(6), "deep".repeat(10));
    const server = await joined(deep);
    expect(Buffer.byteLength(server.endpoint.host)).toBeLessThan(80);
    expect((await stat(server.endpoint.host)).mode & 0o777).toBe(0o700);
    expect((await runningPostmaster(cluster(deep)))!.pid).toBe(server.pid());
  });

  test("over a port of this machine alone asks for its password", async () => {
    const server = await joined(place.folder, { tcp: true });
    expect(server.endpoint.host).toBe("127.0.0.1");
    expect(await ask(server, "show listen_addresses")).toBe("127.0.0.1");
    expect(await ask(server, "select 1")).toBe(1);
    await expect(ask({ ...server, endpoint: { ...server.endpoint, password: "guess" } } as EmbeddedServer, "select 1")).rejects.toThrow(
      "password",
    );
    expect((await stat(join(cluster(), "watershed.password"))).mode & 0o777).toBe(0o600);
  });

  test.runIf(process.getuid?.() === 0 && process.platform === "linux")(
    "runs as another user where root has no namespaces, and goes on so",
    async () => {
      await chmod(place.folder, 0o755);
      const data = join(place.folder, "data");
      const programs = join(place.folder, "programs");
      await mkdir(programs);
      await symlink("/usr/bin/test", join(programs, "test"));
      const { PATH } = process.env;
      try {
        process.env.PATH = programs;
        const server = await joined(data);
        expect(await ask(server, "select 1")).toBe(1);
        expect((await stat(`/proc/${server.pid()}`)).uid).toBe(65534);
        await server.leave();
      } finally {
        process.env.PATH = PATH;
      }
      const again = await joined(data);
      expect((await stat(`/proc/${again.pid()}`)).uid).toBe(65534);
    },
  );

  test("says what stopped it where it cannot start", async () => {
    await (await joined()).leave();
    members = [];
    await writeFile(join(cluster(), "postgresql.auto.conf"), "shared_buffers = 'nonsense'\n");
    await expect(joinEmbeddedServer(place.folder)).rejects.toMatchObject({ cause: { message: expect.stringMatching(/shared_buffers/) } });
  });
});

test.runIf(process.platform === "linux")(
  "links between libraries are made where the install script of their package was not allowed to",
  async () => {
    const folder = join(place.folder, "package");
    await mkdir(join(folder, "native", "lib"), { recursive: true });
    await writeFile(join(folder, "native", "lib", "liba.so.1.2"), "");
    await writeFile(
      join(folder, "native", "pg-symlinks.json"),
      JSON.stringify([
        { source: "native/lib/liba.so.1.2", target: "native/lib/liba.so.1" },
        { source: "native/lib/liba.so.1.2", target: "native/lib/liba.so" },
      ]),
    );
    await symlink("liba.so.1.2", join(folder, "native", "lib", "liba.so"));
    linkLibraries(folder);
    expect(lstatSync(join(folder, "native", "lib", "liba.so.1")).isSymbolicLink()).toBe(true);
    expect(existsSync(join(folder, "native", "lib", "liba.so.1"))).toBe(true);
    linkLibraries(folder);
  },
);

test.runIf(process.platform === "linux" && kindsOfDatabase.length > 1)(
  "the programs run from a package without any of its links",
  async () => {
    const { postgres } = findBinaries()!;
    const native = dirname(dirname(postgres));
    const copy = join(place.folder, "package");
    await cp(native, join(copy, "native"), {
      recursive: true,
      filter: (path) => !lstatSync(path).isSymbolicLink() && !path.endsWith(".a"),
    });
    linkLibraries(copy);
    const child = spawn(join(copy, "native", "bin", "postgres"), ["--version"], { stdio: ["ignore", "pipe", "ignore"] });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    expect(line.toString()).toContain(`PostgreSQL) ${majorVersion}.`);
  },
);

test("a machine for which there is no package has no binaries", () => {
  expect(findBinaries("sunos", "sparc")).toBeUndefined();
});
