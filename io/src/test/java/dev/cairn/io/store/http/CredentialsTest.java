package dev.cairn.io.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  @TempDir Path temp;

  @Test
  void bearerAndBasicAreReadAsKuboWritesThem() throws IOException {
    assertThat(Credentials.parse("bearer:t0ken=").header()).isEqualTo("Bearer t0ken=");
    assertThat(Credentials.parse("basic:ann:pass:word").header())
        .isEqualTo("Basic YW5uOnBhc3M6d29yZA==");
    assertThat(Credentials.parse(" \n").isNone()).isTrue();
    Path file = Files.writeString(temp.resolve("token"), "bearer:from-file\n");
    assertThat(Credentials.fromFile(file).header()).isEqualTo("Bearer from-file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret",
        "bearer:",
        "bearer:s3cret\nX: y",
        "bearer:s3 cret",
        "basic:s3cret",
        "basic::s3cret",
        "basic:s3cret:",
        "basic:s3cret:\u0000",
        "Bearer s3cret",
        "bearer:s3cr\u00e9t"
      })
  void otherFormsAreRefusedAndNotRepeated(String text) throws IOException {
    assertThatThrownBy(() -> Credentials.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cr");
    Path file = Files.writeString(temp.resolve("token"), text);
    assertThatThrownBy(() -> Credentials.fromFile(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("s3cr");
  }

  @Test
  void aFileThatIsNoTokenIsNotReadWhole() throws IOException {
    Path file = Files.write(temp.resolve("large"), new byte[20_000]);
    assertThatThrownBy(() -> Credentials.fromFile(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(at most 16384 bytes)");
  }

  @Test
  void theSecretIsInNoText() {
    Credentials basic = Credentials.parse("basic:ann:password");
    assertThat(basic).hasToString("Credentials[basic]");
    assertThat(basic.redact("you said Basic YW5uOnBhc3N3b3Jk, that is ann:password or password"))
        .isEqualTo("you said Basic ***, that is *** or ***");
    assertThat(Credentials.none()).hasToString("Credentials[none]");
  }
}
