import { expect, test } from "vitest";
import { addressOf } from "./open-house.ts";

test("a server is this machine's alone where it listens on a loopback address and no origin leads elsewhere", () => {
  expect(addressOf("127.0.0.1", 4170)).toMatchObject({ isLoopback: true, url: "http://127.0.0.1:4170" });
  expect(addressOf("::1", 4170)).toMatchObject({ isLoopback: true, url: "http://[::1]:4170" });
  expect(addressOf("localhost", 4170, ["http://127.0.0.1:5173"])).toMatchObject({ isLoopback: true });
  expect(addressOf("0.0.0.0", 4170)).toMatchObject({ isLoopback: false });
  expect(addressOf("127.0.0.1", 4170, ["https://fund.example"])).toMatchObject({ isLoopback: false, url: "https://fund.example" });
});

test("requests and pages are known by every name that was given, and by no other", () => {
  const { hosts, origins } = addressOf("127.0.0.1", 4170, ["https://fund.example"]);
  expect([...hosts].sort()).toEqual(["127.0.0.1:4170", "[::1]:4170", "fund.example", "localhost:4170"]);
  expect(origins.has("https://fund.example")).toBe(true);
  expect(origins.has("http://fund.example")).toBe(false);
});
