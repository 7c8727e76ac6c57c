package dev.cairn.transforms.hub;

import dev.cairn.transforms.record.Piece;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one record of all that is told of a repository: the first that knows a thing is right. */
final class HubJoin {
  private HubJoin() {}

  static HubRecord of(List<Piece> pieces) {
    List<HubRecord> records =
        pieces.stream()
            .map(piece -> (HubRecords.Read) piece.content())
            .sorted(Comparator.comparing(HubRecords.Read::part))
            .map(HubRecords.Read::record)
            .toList();
    HubRecord joined = records.get(0);
    for (HubRecord other : records.subList(1, records.size())) {
      joined = joined(joined, other);
    }
    return joined;
  }

  private static HubRecord joined(HubRecord a, HubRecord b) {
    return a.toBuilder()
        .setAuthor(or(a.getAuthor(), b.getAuthor()))
        .setSha(or(a.getSha(), b.getSha()))
        .setTask(or(a.getTask(), b.getTask()))
        .setDomain(or(a.getDomain(), b.getDomain()))
        .setLibrary(or(a.getLibrary(), b.getLibrary()))
        .setLicense(or(a.getLicense(), b.getLicense()))
        .setLanguages(either(a.getLanguages(), b.getLanguages()))
        .setTags(either(a.getTags(), b.getTags()))
        .setBaseModels(either(a.getBaseModels(), b.getBaseModels()))
        .setDatasets(either(a.getDatasets(), b.getDatasets()))
        .setGated(or(a.getGated(), b.getGated()))
        .setPrivate(or(a.getPrivate(), b.getPrivate()))
        .setDisabled(or(a.getDisabled(), b.getDisabled()))
        .setCreatedAt(or(a.getCreatedAt(), b.getCreatedAt()))
        .setLastModified(or(a.getLastModified(), b.getLastModified()))
        .setPrettyName(or(a.getPrettyName(), b.getPrettyName()))
        .setDescription(or(a.getDescription(), b.getDescription()))
        .setCard(or(a.getCard(), b.getCard()))
        .setMetadata(or(a.getMetadata(), b.getMetadata()))
        .setDetails(or(a.getDetails(), b.getDetails()))
        .build();
  }

  private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }

  private static List<String> either(List<String> first, List<String> second) {
    return first.isEmpty() ? second : first;
  }
}
