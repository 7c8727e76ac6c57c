package dev.cairn.io.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.format.JsonRecords.Layout;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonRecordsTest {
  @TempDir Path folder;

  @Test
  void findsOneRecordALine() throws IOException {
    assertThat(records("{\"a\":1}\r\n\n  {\"b\":\"}\\\"\"}\nbroken {\n3", Layout.LINES))
        .containsExactly("0:{\"a\":1}\r", "12:{\"b\":\"}\\\"\"}", "24:broken {", "33:3");
  }

  @Test
  void takesAFileOfOneObjectWhole() throws IOException {
    List<JsonRecords.Span> spans =
        spans(" {\"a\": [1, {\"b\": 2}]}\n\n".getBytes(UTF_8), Layout.VALUES);
    assertThat(spans).hasSize(1);
    assertThat(spans.get(0).offset()).isZero();
    assertThat(spans.get(0).length()).isEqualTo(23);
  }

  @Test
  void findsTheElementsOfAnArray() throws IOException {
    assertThat(records("[ {\"a\":1} , 7,[2,3],\"x,]\"\n] ", Layout.VALUES))
        .containsExactly("2:{\"a\":1}", "12:7", "14:[2,3]", "20:\"x,]\"\n");
  }

  @Test
  void findsSeveralObjectsInARow() throws IOException {
    assertThat(records("{\"a\":1}{\"b\":2}\n{\"c\":3}", Layout.VALUES))
        .containsExactly("0:{\"a\":1}", "7:{\"b\":2}", "15:{\"c\":3}");
  }

  @Test
  void findsTheResultsOfAPage() throws IOException {
    String head =
        "{\"count\": 2, \"next\": \"https://x/?cursor=a%3D\", \"previous\": null,\n\"results\": [";
    int at = head.length();
    assertThat(records(head + "{\"a\":1}, {\"b\":2}]}\n", Layout.VALUES))
        .containsExactly(at + ":{\"a\":1}", at + 9 + ":{\"b\":2}");
    assertThat(records(head + "{\"a\":1}], \"more\": 1}", Layout.VALUES))
        .containsExactly(at + ":{\"a\":1}", at + 8 + ":, \"more\": 1}");
    assertThat(records("{\"results\": []}", Layout.VALUES)).isEmpty();
    String other = "{\"count\": 2, \"id\": 7, \"results\": [1]}";
    assertThat(records(other, Layout.VALUES)).containsExactly("0:" + other);
  }

  @Test
  void passesNothingOverInSilence() throws IOException {
    assertThat(records("[{\"a\":1}] tail", Layout.VALUES))
        .containsExactly("1:{\"a\":1}", "10:tail");
    assertThat(records("[{\"a\":1},{\"cut", Layout.VALUES))
        .containsExactly("1:{\"a\":1}", "9:{\"cut");
    assertThat(records("{\"a\":1} tail", Layout.VALUES)).containsExactly("0:{\"a\":1}", "8:tail");
    assertThat(records("[}]", Layout.VALUES)).containsExactly("1:}");
    assertThat(records("[".repeat(50), Layout.VALUES)).hasSize(1);
  }

  @Test
  void givesNothingForAFileWithoutRecords() throws IOException {
    for (String empty : new String[] {"", " \n\t", "[]", "[ ]\n", "\ufeff"}) {
      assertThat(records(empty, Layout.VALUES)).as("'%s'", empty).isEmpty();
    }
    assertThat(records("\n \r\n", Layout.LINES)).isEmpty();
  }

  @Test
  void skipsAByteOrderMark() throws IOException {
    assertThat(records("\ufeff{\"a\":1}\n{\"b\":2}", Layout.LINES))
        .containsExactly("3:{\"a\":1}", "11:{\"b\":2}");
    assertThat(records("\ufeff[{\"a\":1}]", Layout.VALUES)).containsExactly("4:{\"a\":1}");
  }

  @Test
  void findsRecordsAcrossWindowsWhereTheyLie() throws IOException {
    StringBuilder text = new StringBuilder("[");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String record = "{\"n\":" + i + ",\"t\":\"" + "x".repeat(i * 131) + "\"}";
      expected.add(text.length() + ":" + record);
      text.append(record).append(",\n");
    }
    String large = "{\"t\":\"" + "y".repeat(3 << 20) + "\"}";
    expected.add(text.length() + ":" + large);
    text.append(large).append(']');
    assertThat(records(text.toString(), Layout.VALUES)).isEqualTo(expected);
  }

  private List<String> records(String text, Layout layout) throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonRecords.Span span : spans(text.getBytes(UTF_8), layout)) {
      assertThat(span.bytes()).isNotNull();
      found.add(span.offset() + ":" + new String(span.bytes(), UTF_8));
    }
    return found;
  }

  private List<JsonRecords.Span> spans(byte[] bytes, Layout layout) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    List<JsonRecords.Span> found = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        JsonRecords records = JsonRecords.open(channel, layout)) {
      for (JsonRecords.Span span = records.next(); span != null; span = records.next()) {
        found.add(span);
      }
    }
    return found;
  }
}
