package dev.cairn.transforms.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrontMatterTest {
  @Test
  void readsYamlInFrontOfTheText() {
    FrontMatter front =
        FrontMatter.of("\ufeff---\r\nlanguage: no\r\nsize: 1.5\r\n---\r\n# Title\r\n");
    assertThat(front.metadata()).hasToString("{\"language\":\"no\",\"size\":1.5}");
    assertThat(front.body()).isEqualTo("# Title\r\n");
    assertThat(front.broken()).isFalse();
  }

  @Test
  void takesACardWithoutYamlWhole() {
    assertThat(FrontMatter.of("# Title\n---\nx").metadata()).isNull();
    assertThat(FrontMatter.of("# Title\n---\nx").body()).isEqualTo("# Title\n---\nx");
    assertThat(FrontMatter.of("---\n---\nx").metadata()).isEmpty();
    assertThat(FrontMatter.of("---\n---\nx").body()).isEqualTo("x");
    assertThat(FrontMatter.of("---\nnever closed").body()).isEqualTo("---\nnever closed");
  }

  @Test
  void keepsTheTextWhereTheYamlIsBroken() {
    FrontMatter front = FrontMatter.of("---\na: [1\n---\ntext");
    assertThat(front.metadata()).isNull();
    assertThat(front.body()).isEqualTo("text");
    assertThat(front.broken()).isTrue();
  }

  @Test
  void refusesYamlThatIsMadeToHurt() {
    String laughs =
        """
        ---
        a: &a [x, x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
        e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
        f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
        g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
        ---
        text\
        """;
    assertThat(FrontMatter.of(laughs).broken()).isTrue();
    assertThat(FrontMatter.of("---\na: " + "[".repeat(100_000) + "\n---\n").broken()).isTrue();
    assertThat(FrontMatter.of("---\n" + "- ".repeat(100_000) + "x\n---\n").broken()).isTrue();
    assertThat(FrontMatter.of("---\n" + "? ".repeat(100_000) + "x\n---\n").broken()).isTrue();
    StringBuilder nested = new StringBuilder("---\n");
    for (int i = 0; i < 1500; i++) {
      nested.append(" ".repeat(i)).append("a:\n");
    }
    assertThat(FrontMatter.of(nested + "---\n").broken()).isTrue();
    String long1 = "a: &a " + "x".repeat(1 << 20) + "\nl: [" + "*a, ".repeat(2000) + "*a]\n";
    assertThat(FrontMatter.of("---\n" + long1 + "---\n").broken()).isTrue();
    assertThat(FrontMatter.of("---\n&a [*a]\n---\n").broken()).isTrue();
  }
}
