package dev.cairn.io.store.tier;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reasons in the environment to use the local store alone: a variable that asks for it, or the
 * marks of a continuous integration service, where a job should not reach for somebody's node.
 */
public final class Gate {
  private static final List<String> SWITCHES = List.of("IPFS_KIT_DISABLE", "STORAGE_FORCE_LOCAL");

  /** The variables by which these services are told apart, {@code CI} being most services' own. */
  private static final List<String> SERVICES =
      List.of(
          "CI",
          "GITHUB_ACTIONS",
          "GITLAB_CI",
          "JENKINS_URL",
          "CIRCLECI",
          "BUILDKITE",
          "TEAMCITY_VERSION",
          "TF_BUILD",
          "TRAVIS",
          "APPVEYOR");

  private static final List<String> NO = List.of("", "0", "false", "no", "off");

  private Gate() {}

  /** Why the local store alone is to be used, if it is. */
  static Optional<String> closedBy(Map<String, String> environment) {
    for (String name : SWITCHES) {
      if (isSet(environment, name)) {
        return Optional.of(name + " is set");
      }
    }
    for (String name : SERVICES) {
      if (isSet(environment, name)) {
        return Optional.of(name + " is set: continuous integration");
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a switch is on. A value that says no counts as if the variable were absent (storage.md,
   * 7).
   */
  public static boolean isSet(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return !NO.contains(value.strip().toLowerCase(Locale.ROOT));
  }
}
