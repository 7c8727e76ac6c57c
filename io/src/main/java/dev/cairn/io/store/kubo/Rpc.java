package dev.cairn.io.store.kubo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.HttpCall;
import dev.cairn.io.store.http.HttpTier;
import dev.cairn.io.store.http.JsonLines;
import java.io.IOException;
import java.time.Duration;

/** The form of Kubo's calls and answers. */
final class Rpc {
  /** Lines of an answer that is a list, at most. */
  static final long MAX_LINES = 10_000_000;

  private final HttpTier http;
  private final Duration commandTime;

  Rpc(HttpTier http, Duration commandTime) {
    this.http = http;
    this.commandTime = commandTime;
  }

  HttpTier http() {
    return http;
  }

  Endpoint endpoint() {
    return http.endpoint();
  }

  /** A command that the node does by itself, in its time, without looking at the network. */
  HttpCall local(String command, String subject) {
    return command(command, subject).with("offline", "true").with("timeout", go(commandTime));
  }

  /** A command that is told nothing of networks and time. */
  HttpCall command(String command, String subject) {
    return HttpCall.post(
        "api/v0/" + command, subject.isEmpty() ? command : command + " " + subject);
  }

  /** Asks for an answer of one JSON object. */
  JsonNode one(HttpCall call) throws IOException {
    return http.ask(
        call,
        reply -> {
          JsonLines lines = JsonLines.of(reply, 2);
          JsonNode answer = lines.next();
          // Reads to the end, where a trailer may tell of an error.
          if (answer == null || lines.next() != null) {
            throw bad("one value", call);
          }
          return answer;
        });
  }

  /** Asks for an answer of no content. */
  void nothing(HttpCall call) throws IOException {
    http.ask(
        call,
        reply -> {
          JsonLines lines = JsonLines.of(reply, MAX_LINES);
          JsonNode line = lines.next();
          while (line != null) {
            line = lines.next();
          }
          return true;
        });
  }

  String text(JsonNode answer, String field, HttpCall call) throws BadAnswerException {
    JsonNode value = answer.path(field);
    if (!value.isTextual()) {
      throw bad("a text " + field, call);
    }
    return value.textValue();
  }

  long number(JsonNode answer, String field, HttpCall call) throws BadAnswerException {
    JsonNode value = answer.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw bad("a number " + field, call);
    }
    return value.longValue();
  }

  Cid cid(JsonNode answer, String field, HttpCall call) throws BadAnswerException {
    return cid(text(answer, field, call), call);
  }

  Cid cid(String text, HttpCall call) throws BadAnswerException {
    try {
      return Cid.parse(text);
    } catch (MalformedContentException e) {
      throw bad("a CID", call);
    }
  }

  BadAnswerException bad(String due, HttpCall call) {
    return new BadAnswerException(
        "Cannot read answer: " + endpoint() + ": " + call + " (" + due + " is due)", null);
  }

  /** A duration as Go writes it. */
  static String go(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
