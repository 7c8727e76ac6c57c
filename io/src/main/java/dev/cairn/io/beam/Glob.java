package dev.cairn.io.beam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of paths, by the rules of Beam's object stores: {@code *} is any run of characters
 * within a step and {@code ?} any one, {@code **} also crosses steps ({@code **}{@code /*} also
 * none), {@code [a-z]} is one of these and {@code [^a-z]} or {@code [!a-z]} one of the others. A
 * backslash takes the next character as it is; all others, braces too, stand for themselves.
 *
 * @param steps how to go down from the root
 */
record Glob(List<Step> steps) {

  /** One move down. */
  sealed interface Step {}

  /** To the entry of this name. */
  record Literal(String name) implements Step {}

  /** To all entries whose names match. */
  record Names(Pattern pattern) implements Step {}

  /** To everything below whose path from here matches; always the last step. */
  record Rest(Pattern pattern) implements Step {}

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if a range in brackets runs backwards
   */
  static Glob parse(String pattern) {
    List<Step> steps = new ArrayList<>();
    String[] names = split(pattern.replace("**/*", "**"));
    for (int i = 0; i < names.length; i++) {
      Translation step = new Translation(names[i]);
      if (step.crosses) {
        String rest = String.join("/", Arrays.asList(names).subList(i, names.length));
        steps.add(new Rest(compile(pattern, new Translation(rest))));
        break;
      }
      steps.add(step.wild ? new Names(compile(pattern, step)) : new Literal(step.literal()));
    }
    return new Glob(List.copyOf(steps));
  }

  /** The path itself, whatever characters are in it. */
  static Glob exact(String path) {
    return new Glob(Arrays.stream(split(path)).<Step>map(Literal::new).toList());
  }

  /** True if no step is a choice. */
  boolean isExact() {
    return steps.stream().allMatch(Literal.class::isInstance);
  }

  private static String[] split(String path) {
    return path.isEmpty() ? new String[0] : path.split("/", -1);
  }

  private static Pattern compile(String pattern, Translation translation) {
    try {
      return Pattern.compile(translation.regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "Cannot read pattern: " + pattern + " (ranges such as [a-z])", e);
    }
  }

  /** A pattern as a regular expression. */
  private static final class Translation {
    private static final String NO_SLASH = "[^/]";

    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private final StringBuilder plain = new StringBuilder();
    private boolean wild;
    private boolean crosses;

    Translation(String glob) {
      this.glob = glob;
      int at = 0;
      while (at < glob.length()) {
        at = next(at);
      }
    }

    /** What it stands for if nothing in it is wild. */
    String literal() {
      return plain.toString();
    }

    private int next(int at) {
      char c = glob.charAt(at);
      return switch (c) {
        case '*' -> star(at);
        case '?' -> wild(NO_SLASH, at + 1);
        case '[' -> bracket(at);
        case '\\' ->
            at + 1 == glob.length() ? plain(c, at + 1) : plain(glob.charAt(at + 1), at + 2);
        default -> plain(c, at + 1);
      };
    }

    private int bracket(int at) {
      int close = glob.indexOf(']', at + (isNegated(at + 1) ? 3 : 2));
      return close < 0 ? plain('[', at + 1) : brackets(at + 1, close);
    }

    private int star(int at) {
      if (!glob.startsWith("**", at)) {
        return wild(NO_SLASH + "*", at + 1);
      }
      crosses = true;
      return wild(".*", at + 2);
    }

    private int brackets(int from, int close) {
      boolean negated = isNegated(from);
      StringBuilder range = new StringBuilder(negated ? "[^" : "[");
      for (int i = negated ? from + 1 : from; i < close; i++) {
        char c = glob.charAt(i);
        range.append("\\[&^".indexOf(c) >= 0 ? "\\" : "").append(c);
      }
      return wild("(?!/)" + range + "]", close + 1);
    }

    private boolean isNegated(int at) {
      return at < glob.length() && "^!".indexOf(glob.charAt(at)) >= 0;
    }

    private int wild(String expression, int next) {
      wild = true;
      regex.append(expression);
      return next;
    }

    private int plain(char c, int next) {
      plain.append(c);
      regex.append("\\.[]{}()<>*+-=!?^$|".indexOf(c) >= 0 ? "\\" : "").append(c);
      return next;
    }
  }
}
