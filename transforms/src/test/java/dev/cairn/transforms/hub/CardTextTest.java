package dev.cairn.transforms.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CardTextTest {
  @Test
  void leavesOutWhatNobodyFilledIn() {
    assertThat(
            CardText.of(
                """
                # Stones

                ## Table of Contents
                - [Description](#description)
                  - [Summary](#summary)

                ## Description

                - **Homepage:** https://stones.example
                - **Paper:** [Needs More Information]
                - **Contact:** [More Information Needed](https://example.org/how)

                ### Summary

                Heights of stones. [More Information Needed]

                ### Leaderboards

                [More Information Needed]

                ## Creation

                ### Rationale

                [More Information Needed]

                ## Licence

                MIT
                """))
        .isEqualTo(
            """
            # Stones

            ## Description

            - **Homepage:** https://stones.example

            ### Summary

            Heights of stones.

            ## Licence

            MIT\
            """);
  }

  @Test
  void leavesOutCommentsAndListsOfLinksIntoTheCard() {
    assertThat(
            CardText.of(
                """
                <!-- Provide a summary. -->
                Piles of stones.<!-- more -->

                * [Use](#use)
                * [Limits](#limits)

                Then

                * [Use](#use)
                * other text
                """))
        .isEqualTo(
            """
            Piles of stones.

            Then

            * [Use](#use)
            * other text\
            """);
  }

  @Test
  void leavesCodeAsItIs() {
    String card =
        """
        ```python
        # not a heading <!-- nor a comment -->
        x = "[More Information Needed]"
        ```

            indented [More Information Needed]\
        """;
    assertThat(CardText.of(card)).isEqualTo(card);
  }

  @Test
  void keepsDefinitionsOfLinksAndSetextHeadings() {
    String card =
        """
        Stones
        ======

        See [paper][1].

        | a | b |
        | - | - |
        | 1 | 2 |

        [1]: https://example.org/paper\
        """;
    assertThat(CardText.of(card)).isEqualTo(card);
  }

  @Test
  void hasNoTextWhereAllIsTemplate() {
    assertThat(CardText.of("# Card for X\n\n## Use\n\n[More Information Needed]\n")).isEmpty();
    assertThat(CardText.of("")).isEmpty();
  }

  @Test
  void readsHostileTextInTime() {
    int n = 1 << 18;
    assertThat(CardText.of("*".repeat(n))).isNotNull();
    assertThat(CardText.of("- ".repeat(500) + "x")).isNotNull();
    assertThat(CardText.of("-".repeat(n) + "[More Information Needed]x")).isNotNull();
    assertThat(CardText.of("<!--".repeat(n))).isEmpty();
    assertThat(CardText.of("x " + "<a ".repeat(n))).isNotNull();
    assertThat(CardText.of("x" + "[".repeat(n))).isNotNull();
  }
}
