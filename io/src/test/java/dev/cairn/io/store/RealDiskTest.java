package dev.cairn.io.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest extends DiskContract {
  @TempDir Path folder;

  @Override
  Disk disk() {
    return Disk.real();
  }

  @Override
  Path folder() {
    return folder;
  }
}
