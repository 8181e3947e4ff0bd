/** What `watershed serve` says, in English. */
export const serveEn = {
  running: (address: string) => `Watershed is open at ${address}`,
  keptIn: (place: string) => `Everything is kept in ${place}`,
  howToStop: "Ctrl+C stops it; what is saved stays saved.",
  stopping: "Stopping: requests at work end first.",
  noPage:
    "The page is not built yet, so only the API answers. Run `npm run build -w packages/web` in the folder of Watershed, then reload.",
  badPort: (found: string) =>
    `${found} is not a port. Give a whole number from 0 to 65535, for example --port 4170; 0 takes any that is free.`,
  cannotListen: (host: string, port: number, reason: string) =>
    reason === "EADDRINUSE"
      ? `Port ${port} of ${host} is taken. Stop what runs there, or name another with --port.`
      : reason === "EACCES"
        ? `This user may not open port ${port}. Name one above 1023 with --port.`
        : `This machine has no address ${host}. Name one that it has with --host, for example 127.0.0.1.`,
};
