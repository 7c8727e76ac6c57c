package dev.cairn.transforms.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.transforms.record.BadRecordException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubNameTest {
  @ParameterizedTest
  @CsvSource({
    "org/name/README.md, , org/name",
    "name/README.md, , name",
    "datasets/org/name/README.md, DATASET, org/name",
    "dump/model_cards/org/name/README.md, MODEL, org/name",
    "datasets/name/README.md, DATASET, name",
    "cards/org/name.md, , org/name",
    "a/b/c/d/README.md, , c/d",
    "hub/models--org--na-me/snapshots/0f3/README.md, MODEL, org/na-me",
    "hub/datasets--squad/snapshots/0f3/README.md, DATASET, squad",
  })
  void isTheFoldersThatACardLiesIn(String path, HubKind kind, String name) throws Exception {
    assertThat(HubName.ofCard(path)).isEqualTo(new HubName(kind, name));
  }

  @ParameterizedTest
  @CsvSource({"README.md", "org/na me/README.md", "models/README.md"})
  void isRefusedWhereThePathNamesNone(String path) {
    assertThat(catchThrowableOfType(BadRecordException.class, () -> HubName.ofCard(path)))
        .extracting(BadRecordException::code)
        .isEqualTo("invalid_name");
  }

  @Test
  void hasTheKindThatThePathTells() {
    assertThat(HubName.kindOf("hf_datasets_repo_cards.jsonl")).isEqualTo(HubKind.DATASET);
    assertThat(HubName.kindOf("Models/a.jsonl")).isEqualTo(HubKind.MODEL);
    assertThat(HubName.kindOf("models_and_datasets.jsonl")).isNull();
    assertThat(HubName.kindOf("remodelled.jsonl")).isNull();
  }
}
