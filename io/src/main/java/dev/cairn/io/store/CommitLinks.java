package dev.cairn.io.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The two CIDs in a commit that hold a store together: the dataset, a link, and the commit before,
 * a string, so that pinning a commit does not pin all history.
 *
 * @param dataset the dataset's root
 * @param parent the commit before; null for the first
 */
record CommitLinks(Cid dataset, @Nullable Cid parent) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a commit's block.
   *
   * @throws MalformedContentException if it is none
   */
  static CommitLinks of(Block block) throws MalformedContentException {
    if (block.cid().codec() != Codec.DAG_JSON) {
      throw new MalformedContentException("Cannot read commit: " + block.cid() + " (dag-json)");
    }
    try {
      JsonNode commit = JSON.readTree(block.bytes());
      String parent = commit.path("parent").asText("");
      return new CommitLinks(
          Cid.parse(commit.path("dataset").path("/").asText()),
          parent.isEmpty() ? null : Cid.parse(parent));
    } catch (JsonProcessingException | MalformedContentException e) {
      throw new MalformedContentException("Cannot read commit: " + block.cid(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading an array does no input", e);
    }
  }
}
