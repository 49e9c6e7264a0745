package io.refdata.api.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk of a database's own, which only root can make: elsewhere it is not filled up. */
final class SmallDisk implements AutoCloseable {
  private final Path place;
  private final boolean made;

  /**
   * Makes one in memory.
   *
   * @param size as {@code mount} takes it
   */
  SmallDisk(Path place, String size) throws IOException, InterruptedException {
    this.place = Files.createDirectories(place);
    this.made =
        run("mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=700", "tmpfs", place.toString());
  }

  /** Whether there is one; else the place is on the disk of everything else. */
  boolean isMade() {
    return made;
  }

  /** A file that may fill it. */
  Path ballast() {
    return place.resolve("ballast");
  }

  /** The room that is left on it, in MiB. */
  long left() {
    return place.toFile().getUsableSpace() >> 20;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (made) {
      // A process that has a file of it open may go on; the disk is gone from its place at once.
      run("umount", "--lazy", place.toString());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }
}
