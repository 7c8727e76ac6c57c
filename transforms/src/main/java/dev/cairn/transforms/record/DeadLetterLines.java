package dev.cairn.transforms.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.DeadLetter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Dead letters of a plan as lines of JSON: what lies in the store until the errors table is made.
 */
public final class DeadLetterLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DeadLetterLines() {}

  /** Appends one. */
  public static void write(OutputStream out, DeadLetter letter) throws IOException {
    out.write((JSON.writeValueAsString(letter) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Reads all; closes the stream. */
  public static List<DeadLetter> read(InputStream in) throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        letters.add(JSON.readValue(line, DeadLetter.class));
      }
    } catch (JsonProcessingException e) {
      throw new MalformedContentException("Cannot read dead letters: damaged (as written)", e);
    }
    return letters;
  }
}
