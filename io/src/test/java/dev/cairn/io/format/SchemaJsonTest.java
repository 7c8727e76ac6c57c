package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.TableSchema;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaJsonTest {
  @Property(tries = 200)
  void comesBack(@ForAll long seed) throws MalformedContentException {
    TableSchema schema = RandomTableTest.schema(new Random(seed));
    assertThat(SchemaJson.read(SchemaJson.write(schema))).isEqualTo(schema);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "[1]",
        "[{'name':'a'}]",
        "[{'name':'a','type':'varchar'}]",
        "[{'name':'a.b','type':'string'}]",
        "[{'name':'a','type':'string'},{'name':'a','type':'string'}]",
        "[{'name':'a','type':'decimal(99, 2)'}]",
        "[{'name':'a','type':'vector(999999)'}]",
        "[{'name':'a','type':{'list':{'list':{'list':{'list':{'list':{'list':{'list':{'list':"
            + "{'list':{'list':'string'}}}}}}}}}}}]"
      })
  void refusesWhatIsNoSchema(String json) {
    assertThat(
            catchThrowableOfType(
                MalformedContentException.class, () -> SchemaJson.read(json.replace('\'', '"'))))
        .hasMessageStartingWith("Cannot read schema");
  }
}
