package dev.cairn.io.store.kubo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.HttpCall;
import dev.cairn.io.store.http.RefusedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node's mutable file system (MFS): names that hold content. What lies in it is not collected,
 * but need not be whole. Paths are absolute, with {@code /} between names. Safe for threads.
 */
public final class KuboFiles {
  private static final String ABSENT = "file does not exist";
  private static final String EXISTS = "already has entry by that name";

  private final Rpc rpc;

  KuboFiles(Rpc rpc) {
    this.rpc = rpc;
  }

  /**
   * Gives content a name, with the folders above it. Only its root block must be on the node.
   *
   * <p>Never repeated: after an {@link dev.cairn.io.store.http.UnavailableException} the name may
   * or may not stand, and {@link #stat} tells.
   *
   * @throws FileAlreadyExistsException if the path is taken; of several that race, one wins
   * @throws dev.cairn.io.block.MissingBlockException if the root block is not there
   */
  public void copy(Cid root, String path) throws IOException {
    HttpCall call =
        rpc.local("files/cp", path)
            .with("arg", "/ipfs/" + root)
            .with("arg", path)
            .with("parents", "true")
            .work()
            .once();
    try {
      rpc.nothing(call);
    } catch (RefusedException e) {
      if (e.reason().contains(EXISTS)) {
        throw new FileAlreadyExistsException(path, null, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** Makes a folder and those above it, as far as they are not there. */
  public void makeFolders(String path) throws IOException {
    rpc.nothing(rpc.local("files/mkdir", path).with("arg", path).with("parents", "true").work());
  }

  /** Removes a name with all below it; it need not be there. */
  public void remove(String path) throws IOException {
    rpc.nothing(rpc.local("files/rm", path).with("arg", path).with("force", "true").work());
  }

  /** What a path names now, if it names anything. */
  public Optional<MfsEntry> stat(String path) throws IOException {
    HttpCall call = rpc.local("files/stat", path).with("arg", path).work();
    try {
      JsonNode answer = rpc.one(call);
      boolean folder = rpc.text(answer, "Type", call).equals("directory");
      return Optional.of(
          new MfsEntry(
              path.substring(path.lastIndexOf('/') + 1),
              rpc.cid(answer, "Hash", call),
              folder,
              rpc.number(answer, "Size", call)));
    } catch (RefusedException e) {
      if (e.reason().contains(ABSENT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The entries of a folder, in the node's order; none if it does not exist. */
  public List<MfsEntry> list(String path) throws IOException {
    HttpCall call = rpc.local("files/ls", path).with("arg", path).with("long", "true").work();
    try {
      List<MfsEntry> entries = new ArrayList<>();
      for (JsonNode entry : rpc.one(call).path("Entries")) {
        entries.add(
            new MfsEntry(
                rpc.text(entry, "Name", call),
                rpc.cid(entry, "Hash", call),
                rpc.number(entry, "Type", call) == 1,
                rpc.number(entry, "Size", call)));
      }
      return entries;
    } catch (RefusedException e) {
      if (e.reason().contains(ABSENT)) {
        return List.of();
      }
      throw e;
    }
  }
}
