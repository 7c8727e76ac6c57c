package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessesTest {
  @Test
  void knowsAProcessByItsStart() {
    ProcessHandle own = ProcessHandle.current();
    long started = Processes.started(own);
    assertThat(Processes.runs(own.pid(), started)).isTrue();
    assertThat(Processes.runs(own.pid(), started + 60)).isFalse();
    assertThat(Processes.runs(Long.MAX_VALUE, started)).isFalse();
  }

  /** The child of a process that never asks how it ended. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void takesAZombieForDead() throws IOException {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & exec sleep 30").start();
    try {
      ProcessHandle child = null;
      while (child == null) {
        child = parent.children().findFirst().orElse(null);
      }
      long started = Processes.started(child);
      while (Processes.runs(child.pid(), started)) {
        Thread.onSpinWait();
      }
      assertThat(child.isAlive()).as("what the JDK says of it").isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }
}
