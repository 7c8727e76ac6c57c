package dev.cairn.models;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository of models on the Hugging Face hub.
 *
 * @param name {@code ORG/NAME}
 * @param revision a branch, tag or commit
 */
record HubRepo(String name, String revision) {
  private static final String MAIN = "main";
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9][\\w.-]*/[A-Za-z0-9][\\w.-]*)(?:@([A-Za-z0-9][\\w.-]*))?");

  /** Reads {@code ORG/NAME[@REVISION]}; empty if it is another form. */
  static Optional<HubRepo> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String revision = form.group(2);
    return Optional.of(new HubRepo(form.group(1), revision == null ? MAIN : revision));
  }

  @Override
  public String toString() {
    return name + "@" + revision;
  }
}
