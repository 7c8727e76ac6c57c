package dev.cairn.transforms.hub;

import dev.cairn.transforms.record.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a repository is called: its kind, if that is known, and {@code org/name} or {@code name}.
 *
 * @param kind null if nothing tells it
 */
record HubName(@Nullable HubKind kind, String name) {
  /** The hub's own rule, with room for old names. */
  private static final Pattern NAME =
      Pattern.compile("(?!\\.{1,2}(?:/|$))[\\w.-]{1,128}(?:/(?!\\.{1,2}$)[\\w.-]{1,128})?");

  /** A folder of the hub's local cache: {@code models--org--name}. */
  private static final Pattern CACHE_FOLDER =
      Pattern.compile("(model|dataset)s--([A-Za-z0-9_.-]+?)(?:--([A-Za-z0-9_.-]+))?");

  /** Words by which files and folders tell what they hold. */
  private static final Pattern DATASETS = Pattern.compile("(?<![a-z])datasets?(?![a-z])");

  private static final Pattern MODELS = Pattern.compile("(?<![a-z])models?(?![a-z])");

  /** Folders above repositories that are no owners. */
  private static final Pattern SHELF =
      Pattern.compile("(?:models?|datasets?)(?:[_-]cards?)?|cards?");

  private static final String CARD = "README.md";
  private static final String MARKDOWN = ".md";

  /** Checks a name that a record gives itself. */
  static String checked(String name) throws BadRecordException {
    if (!NAME.matcher(name).matches()) {
      throw new BadRecordException(
          "invalid_name", "a name that no repository has (org/name of letters, digits and -_.)");
    }
    return name;
  }

  /** What the path of a file of records says of their kind; null if it says nothing or both. */
  static @Nullable HubKind kindOf(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    boolean datasets = DATASETS.matcher(lower).find();
    boolean models = MODELS.matcher(lower).find();
    if (datasets == models) {
      return null;
    }
    return datasets ? HubKind.DATASET : HubKind.MODEL;
  }

  /**
   * The repository whose card lies at a path: {@code org/name/README.md}, {@code org/name.md}, both
   * also below folders as {@code datasets/} or {@code model_cards/}, or a folder of the hub's
   * cache.
   *
   * @throws BadRecordException if the path names none
   */
  static HubName ofCard(String path) throws BadRecordException {
    List<String> names = new ArrayList<>(List.of(path.split("/", -1)));
    for (String name : names) {
      Matcher cached = CACHE_FOLDER.matcher(name);
      if (cached.matches()) {
        HubKind kind = cached.group(1).equals("model") ? HubKind.MODEL : HubKind.DATASET;
        String second = cached.group(3);
        return new HubName(kind, cached.group(2) + (second == null ? "" : "/" + second));
      }
    }
    String file = names.remove(names.size() - 1);
    if (!file.equals(CARD)) {
      names.add(file.substring(0, file.length() - MARKDOWN.length()));
    }
    if (names.isEmpty()) {
      return new HubName(null, checked(""));
    }
    HubKind kind = null;
    int start = Math.max(0, names.size() - 2);
    for (int i = 0; i == 0 || i < names.size() - 1; i++) {
      if (SHELF.matcher(names.get(i).toLowerCase(Locale.ROOT)).matches()) {
        kind = kindOf(names.get(i)) == null ? kind : kindOf(names.get(i));
        start = Math.max(start, i + 1);
      }
    }
    return new HubName(kind, checked(String.join("/", names.subList(start, names.size()))));
  }
}
