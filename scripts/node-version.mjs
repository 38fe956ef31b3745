/** Ends the process with a remedy when Node is older than 20.19. Import it before anything else. */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Moothall needs Node 20.19 or newer; this is Node ${process.versions.node}. Install a newer Node (https://nodejs.org) and run the command again.`,
  );
  process.exit(1);
}
