package dev.cairn.transforms.hub;

import dev.cairn.transforms.record.Piece;
import java.util.Comparator;
import java.util.List;

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
        .setAuthor(Known.first(a.getAuthor(), b.getAuthor()))
        .setSha(Known.first(a.getSha(), b.getSha()))
        .setTask(Known.first(a.getTask(), b.getTask()))
        .setDomain(Known.first(a.getDomain(), b.getDomain()))
        .setLibrary(Known.first(a.getLibrary(), b.getLibrary()))
        .setLicense(Known.first(a.getLicense(), b.getLicense()))
        .setLanguages(Known.first(a.getLanguages(), b.getLanguages()))
        .setTags(Known.first(a.getTags(), b.getTags()))
        .setBaseModels(Known.first(a.getBaseModels(), b.getBaseModels()))
        .setDatasets(Known.first(a.getDatasets(), b.getDatasets()))
        .setGated(Known.first(a.getGated(), b.getGated()))
        .setPrivate(Known.first(a.getPrivate(), b.getPrivate()))
        .setDisabled(Known.first(a.getDisabled(), b.getDisabled()))
        .setCreatedAt(Known.first(a.getCreatedAt(), b.getCreatedAt()))
        .setLastModified(Known.first(a.getLastModified(), b.getLastModified()))
        .setPrettyName(Known.first(a.getPrettyName(), b.getPrettyName()))
        .setDescription(Known.first(a.getDescription(), b.getDescription()))
        .setCard(Known.first(a.getCard(), b.getCard()))
        .setMetadata(Known.first(a.getMetadata(), b.getMetadata()))
        .setDetails(Known.first(a.getDetails(), b.getDetails()))
        .build();
  }
}
