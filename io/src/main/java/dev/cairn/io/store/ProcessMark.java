package dev.cairn.io.store;

/**
 * A process, told apart from all others on all machines.
 *
 * @param host the machine's name
 * @param world within the machine, what shares its process ids: the boot and the namespace
 * @param pid the process id
 * @param started the second of its start, since process ids are used again
 */
record ProcessMark(String host, String world, long pid, long started) {
  /** True if the other process's id means something here. */
  boolean sameMachine(ProcessMark other) {
    return host.equals(other.host) && world.equals(other.world);
  }
}
