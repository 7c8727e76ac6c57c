package dev.cairn.io.dataset;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.Ref;
import dev.cairn.io.store.Refs;
import dev.cairn.io.unixfs.PathNotFoundException;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person points a command at: {@code CID[/path]}, {@code ipfs://CID[/path]}, {@code
 * /ipfs/CID[/path]}, or a ref with a commit back and a path ({@code caselaw}, {@code
 * caselaw@{1}/data}). Paths are not percent-decoded (cli.md).
 *
 * @param text as it was written
 * @param root the CID, or null for a ref
 * @param ref the ref's name, or null for a CID
 * @param back how many commits back, for a ref
 * @param path below the root, without a slash at its start; may be empty
 */
public record Target(String text, @Nullable Cid root, @Nullable String ref, int back, String path) {
  private static final List<String> PREFIXES = List.of("ipfs://", "/ipfs/", "");
  private static final Pattern REF = Pattern.compile("([^/@]+)(?:@\\{(\\d{1,9})\\})?");

  /**
   * Reads a target.
   *
   * @throws TargetNotFoundException if it is neither a CID nor a ref's name
   */
  public static Target parse(String text) throws TargetNotFoundException {
    for (String prefix : PREFIXES) {
      if (text.startsWith(prefix)) {
        return parse(text, text.substring(prefix.length()), prefix.isEmpty());
      }
    }
    throw new AssertionError("the last prefix is empty");
  }

  private static Target parse(String text, String body, boolean mayBeRef)
      throws TargetNotFoundException {
    int slash = body.indexOf('/');
    String head = slash < 0 ? body : body.substring(0, slash);
    String path = slash < 0 ? "" : body.substring(slash + 1);
    try {
      return new Target(text, Cid.parse(head), null, 0, path);
    } catch (MalformedContentException e) {
      Matcher ref = REF.matcher(head);
      if (mayBeRef && ref.matches() && Ref.isName(ref.group(1))) {
        int back = ref.group(2) == null ? 0 : Integer.parseInt(ref.group(2));
        return new Target(text, null, ref.group(1), back, path);
      }
      throw new TargetNotFoundException(text, "a CID, ipfs://CID/path or a ref", e);
    }
  }

  /** True if there is a ref of this name. */
  public boolean isSetRef(Refs refs) throws IOException {
    return ref != null && refs.current(ref) != null;
  }

  /**
   * The CID that the target means; of a ref, that of its dataset.
   *
   * @throws TargetNotFoundException if there is no such ref, commit or path
   */
  public Cid resolve(Refs refs, BlockStore blocks) throws IOException {
    Cid start = root != null ? root : commit(refs, blocks).dataset();
    if (!blocks.has(start)) {
      throw new TargetNotFoundException(text, "its block is in no tier");
    }
    try {
      return path.isEmpty() ? start : new UnixFs(blocks).resolve(start, path);
    } catch (PathNotFoundException e) {
      throw new TargetNotFoundException(text, "it has no such path", e);
    }
  }

  /** The commit of a ref target. */
  public Commit commit(Refs refs, BlockStore blocks) throws IOException {
    return Commit.from(blocks.get(commitCid(refs, blocks)));
  }

  /** The CID of the commit of a ref target. */
  public Cid commitCid(Refs refs, BlockStore blocks) throws IOException {
    Ref current = ref == null ? null : refs.current(ref);
    if (current == null) {
      throw new TargetNotFoundException(text, "no such ref (see cairn refs)");
    }
    Cid cid = current.commit();
    for (int i = 0; i < back; i++) {
      Block block = blocks.get(cid);
      Cid parent = Commit.from(block).parent();
      if (parent == null) {
        throw new TargetNotFoundException(text, "its history has " + (i + 1) + " commits");
      }
      cid = parent;
    }
    return cid;
  }
}
