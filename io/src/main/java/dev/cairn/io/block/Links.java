package dev.cairn.io.block;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The links of a block, by its codec: dag-pb, dag-cbor and dag-json are understood; raw blocks have
 * none, and neither have blocks of any other codec, which are leaves to Cairn (storage.md, 1).
 */
public final class Links {
  /** Nested arrays and maps in a dag-cbor or dag-json block at most: Kubo's limit is near it. */
  public static final int MAX_NESTING = 1000;

  /** The CBOR tag of a CID (dag-cbor specification). */
  private static final int CID_TAG = 42;

  /** The key of a link in dag-json, alone in its map. */
  private static final String CID_KEY = "/";

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_NESTING)
          .maxStringLength(Block.MAX_READ_BYTES)
          .build();
  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(LIMITS)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private Links() {}

  /** True if blocks of this codec may hold links that {@link #of} lists. */
  public static boolean mayLink(long codec) {
    return codec == Codec.DAG_PB || codec == Codec.DAG_CBOR || codec == Codec.DAG_JSON;
  }

  /**
   * The CIDs that {@code block} links to, in stored order, as often as they stand there; at most
   * {@link DagPb#MAX_LINKS}.
   *
   * @throws MalformedContentException if the block is not what its codec says
   */
  public static List<Cid> of(Block block) throws MalformedContentException {
    long codec = block.cid().codec();
    if (!mayLink(codec)) {
      return List.of();
    }
    try {
      if (codec == Codec.DAG_PB) {
        return DagPb.decode(block.bytes()).links().stream().map(PbLink::cid).toList();
      }
      return codec == Codec.DAG_CBOR ? ofCbor(block.bytes()) : ofJson(block.bytes());
    } catch (JsonProcessingException | MalformedContentException e) {
      throw new MalformedContentException(
          "Cannot read links: " + block.cid() + " (" + firstLine(e) + ")", e);
    } catch (IOException e) {
      throw new MalformedContentException("Cannot read links: " + block.cid() + " (cut off)", e);
    }
  }

  private static List<Cid> ofCbor(byte[] bytes) throws IOException {
    List<Cid> links = new ArrayList<>();
    try (CBORParser in = CBOR.createParser(bytes)) {
      int depth = 0;
      do {
        JsonToken token = next(in);
        CBORParser.TagList tags = in.getCurrentTags();
        if (!tags.isEmpty()) {
          add(links, taggedCid(in, tags));
        }
        depth += depthChange(token);
      } while (depth > 0);
      checkEnd(in);
    }
    return links;
  }

  private static Cid taggedCid(CBORParser in, CBORParser.TagList tags) throws IOException {
    boolean one = tags.size() == 1 && tags.contains(CID_TAG);
    if (!one || in.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
      throw new MalformedContentException("tag that is not 42 before bytes");
    }
    byte[] value = in.getBinaryValue();
    // The zero is the multibase prefix of plain binary, kept for history (dag-cbor specification).
    if (value.length < 2 || value[0] != 0) {
      throw new MalformedContentException("tag 42 without a binary CID");
    }
    return Cid.fromBytes(Arrays.copyOfRange(value, 1, value.length));
  }

  private static List<Cid> ofJson(byte[] bytes) throws IOException {
    List<Cid> links = new ArrayList<>();
    try (JsonParser in = JSON.createParser(bytes)) {
      int depth = 0;
      JsonToken token = next(in);
      while (true) {
        depth += depthChange(token);
        if (depth == 0) {
          break;
        }
        boolean opened = token == JsonToken.START_OBJECT;
        token = next(in);
        if (opened && token == JsonToken.FIELD_NAME && in.currentName().equals(CID_KEY)) {
          token = next(in);
          if (token == JsonToken.VALUE_STRING) {
            String text = in.getText();
            token = next(in);
            if (token == JsonToken.END_OBJECT) {
              add(links, Cid.parse(text));
            }
          }
        }
      }
      checkEnd(in);
    }
    return links;
  }

  private static JsonToken next(JsonParser in) throws IOException {
    JsonToken token = in.nextToken();
    if (token == null) {
      throw new MalformedContentException("cut off");
    }
    return token;
  }

  private static void checkEnd(JsonParser in) throws IOException {
    if (in.nextToken() != null) {
      throw new MalformedContentException("more than one value");
    }
  }

  private static int depthChange(JsonToken token) {
    if (token.isStructStart()) {
      return 1;
    }
    return token.isStructEnd() ? -1 : 0;
  }

  private static void add(List<Cid> links, Cid cid) throws MalformedContentException {
    if (links.size() == DagPb.MAX_LINKS) {
      throw new MalformedContentException("more than " + DagPb.MAX_LINKS + " links");
    }
    links.add(cid);
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
