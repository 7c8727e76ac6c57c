package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import dev.cairn.transforms.record.Piece;
import dev.cairn.transforms.text.CleanText;
import dev.cairn.transforms.text.HtmlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CourtListener's opinions and clusters, as objects of its API (any version) or rows of its bulk
 * data. Opinions of one cluster, and the cluster itself where it is given, are parts of one case;
 * so are the docket to which the cluster refers, and its court.
 */
final class CourtListener {
  /** Before all opinions, in the order of parts. */
  private static final String CLUSTER = "0cluster";

  /** Behind the cluster, which they complete. */
  private static final String COURT = "0court";

  private static final String DOCKET = "0docket";

  /** Behind the cluster, before all opinions. */
  private static final String CITATION = "0reported";

  private static final Pattern ADDRESS = Pattern.compile(".*/(\\d{1,18})/?");

  /** A docket's number, as a table of floats has it, or at the end of its address. */
  private static final Pattern DOCKET_NUMBER = Pattern.compile("(?:.*/)?(\\d{1,18})(?:\\.0)?/?");

  private static final Pattern SLUG = Pattern.compile("/opinion/\\d+/([^/]+)/?$");

  /** CourtListener numbers its types by their order in a case: {@code 020lead}. */
  private static final Pattern TYPE_ORDER = Pattern.compile("^\\d+");

  private CourtListener() {}

  /**
   * A part of a case: what it says of the case, and an opinion or a way to cite it, if it is one.
   */
  private record Part(CaseDocument about, @Nullable Typed opinion, @Nullable Citation citation) {}

  /** An opinion, and its type, which is its place in the case. */
  private record Typed(String type, Opinion opinion) {}

  static boolean isOpinion(Fields fields) {
    return (fields.has("cluster") || fields.has("cluster_id")) && !fields.has("opinions");
  }

  /** A row of the bulk data's table of citations: one way to cite a cluster. */
  static boolean isCitation(Fields fields) {
    return fields.has("cluster_id") && fields.has("reporter") && !OpinionText.isIn(fields);
  }

  static boolean isCluster(Fields fields) {
    return fields.has("case_name") && (fields.has("docket_id") || fields.has("docket"));
  }

  static Piece opinion(Fields fields) throws BadRecordException {
    String text = OpinionText.of(fields);
    if (text == null) {
      throw new BadRecordException("empty_text", "no field of the opinion has text (one)");
    }
    long id = number(fields, "id", "resource_uri");
    String type = type(fields);
    CaseDocument about =
        CaseDocument.builder()
            .setId("cl:" + number(fields, "cluster_id", "cluster"))
            .setForm(CaseForm.COURTLISTENER)
            .setFileName(slug(fields.loose("absolute_url")))
            .setUrl(orElse(fields.loose("absolute_url"), fields.loose("download_url")))
            .setLastUpdated(fields.loose("date_modified"))
            .build();
    Opinion opinion = Opinion.of(text, kind(fields), author(fields));
    String part = String.format(Locale.ROOT, "1opinion/%018d", id);
    Part content = new Part(about, new Typed(type, opinion), null);
    return Piece.part(about.getId(), part, text.length(), content);
  }

  static Piece citation(Fields fields) throws BadRecordException {
    CaseDocument about =
        CaseDocument.builder()
            .setId("cl:" + number(fields, "cluster_id", "cluster"))
            .setForm(CaseForm.COURTLISTENER)
            .build();
    Citation citation = Citations.reported(fields);
    String part = CITATION + "/" + citation.getCite();
    return Piece.part(about.getId(), part, 0, new Part(about, null, citation));
  }

  static Piece cluster(Fields fields) throws BadRecordException {
    String date = fields.loose("date_filed");
    CaseDocument about =
        CaseDocument.builder()
            .setId("cl:" + number(fields, "id", "resource_uri"))
            .setForm(CaseForm.COURTLISTENER)
            .setName(orElse(fields.loose("case_name_full"), fields.loose("case_name")))
            .setNameAbbreviation(orElse(fields.loose("case_name"), fields.loose("case_name_short")))
            .setDecisionDate(date)
            .setDecisionYear(PartialDate.yearOf(date))
            .setCitations(Citations.published(fields))
            .setCourt(court(fields))
            .setDocketNumber(docketNumber(fields))
            .setJudges(fields.looseTexts("judges"))
            .setAttorneys(fields.looseTexts("attorneys"))
            .setHeadMatter(markup(fields, "headmatter"))
            .setSummaries(summaries(fields))
            .setCorrections(fields.loose("correction"))
            .setStatus(fields.loose("precedential_status"))
            .setNatureOfSuit(fields.loose("nature_of_suit"))
            .setFileName(orElse(fields.loose("slug"), slug(fields.loose("absolute_url"))))
            .setUrl(fields.loose("absolute_url"))
            .setLastUpdated(fields.loose("date_modified"))
            .build();
    return Piece.part(about.getId(), CLUSTER, 0, new Part(about, null, null))
        .referringTo(docketOf(fields));
  }

  /** The id of the docket's record of a cluster; empty if it has none, or the docket within. */
  private static String docketOf(Fields fields) throws BadRecordException {
    if (fields.isObject("docket")) {
      return "";
    }
    String docket = orElse(fields.loose("docket_id"), fields.loose("docket"));
    Matcher number = DOCKET_NUMBER.matcher(docket == null ? "" : docket);
    return number.matches() ? Dockets.docketId(Long.parseLong(number.group(1))) : "";
  }

  static Piece docket(Fields fields) throws BadRecordException {
    CaseDocument about = Dockets.docket(fields);
    return Piece.part(about.getId(), DOCKET, 0, new Part(about, null, null))
        .referringTo(Dockets.courtRecord(fields));
  }

  static Piece courtRecord(Fields fields) throws BadRecordException {
    CaseDocument about = Dockets.court(fields);
    return Piece.part(about.getId(), COURT, 0, new Part(about, null, null));
  }

  /** What an opinion is: {@code lead}, {@code dissent}, ... */
  static String kind(Fields fields) throws BadRecordException {
    return TYPE_ORDER.matcher(type(fields)).replaceFirst("");
  }

  private static String type(Fields fields) throws BadRecordException {
    String type = fields.loose("type");
    return type == null ? "010combined" : type;
  }

  /** Puts the parts of one case together. */
  static CaseDocument join(List<Piece> pieces) {
    List<Typed> opinions = new ArrayList<>();
    List<Citation> citations = new ArrayList<>();
    List<CaseDocument> completing = new ArrayList<>();
    CaseDocument about = null;
    for (Piece piece : pieces) {
      Part part = part(piece);
      if (part.opinion() != null) {
        opinions.add(part.opinion());
      }
      if (part.citation() != null) {
        citations.add(part.citation());
      } else if (piece.part().equals(COURT) || piece.part().equals(DOCKET)) {
        completing.add(part.about());
      } else if (about == null) {
        about = part.about(); // the cluster, or the first opinion
        citations.addAll(0, about.getCitations());
      }
    }
    CaseDocument whole = about == null ? part(pieces.get(0)).about() : about; // of no text
    return Dockets.complete(whole, completing).toBuilder()
        .setOpinions(
            opinions.stream()
                .sorted(Comparator.comparing(Typed::type))
                .map(Typed::opinion)
                .toList())
        .setCitations(distinct(citations))
        .build();
  }

  private static Part part(Piece piece) {
    return (Part) Objects.requireNonNull(piece.content(), "a part has content");
  }

  /** Each cite once: a cluster of the API has those of the table too. */
  private static List<Citation> distinct(List<Citation> citations) {
    Map<String, Citation> distinct = new LinkedHashMap<>();
    citations.forEach(c -> distinct.putIfAbsent(String.valueOf(c.getCite()), c));
    return List.copyOf(distinct.values());
  }

  /** Texts of a cluster that say what is decided, in its own order. */
  static List<Opinion> summaries(Fields fields) throws BadRecordException {
    List<Opinion> texts = new ArrayList<>();
    for (String field : List.of("syllabus", "headnotes", "summary", "disposition", "history")) {
      String text = markup(fields, field);
      if (text != null) {
        texts.add(Opinion.of(text, field, null));
      }
    }
    return texts;
  }

  private static @Nullable String markup(Fields fields, String field) throws BadRecordException {
    String raw = fields.loose(field);
    if (raw == null) {
      return null;
    }
    String text = CleanText.of(raw.indexOf('<') < 0 ? raw : HtmlText.ofHtml(raw));
    return text.isEmpty() ? null : text;
  }

  static @Nullable Court court(Fields fields) throws BadRecordException {
    Fields docket = fields.isObject("docket") ? fields.requiredObject("docket") : fields;
    String id = docket.isObject("court") ? null : docket.loose("court_id");
    if (docket.isObject("court")) {
      Fields court = docket.requiredObject("court");
      return Court.of(
          null,
          orElse(court.loose("full_name"), court.loose("name")),
          orElse(court.loose("short_name"), court.loose("id")));
    }
    String name = id == null ? fields.loose("court") : id;
    return name == null ? null : Court.of(null, name, null);
  }

  private static @Nullable String docketNumber(Fields fields) throws BadRecordException {
    return fields.isObject("docket")
        ? fields.requiredObject("docket").loose("docket_number")
        : fields.loose("docket_number");
  }

  /** A number by itself, or at the end of the address of what it names. */
  static long number(Fields fields, String field, String address) throws BadRecordException {
    for (String name : List.of(field, address)) {
      String value = fields.isObject(name) ? null : fields.loose(name);
      Matcher number = ADDRESS.matcher(value == null ? "" : value);
      if (number.matches()) {
        return Long.parseLong(number.group(1));
      }
      Long plain = value == null ? null : fields.looseInteger(name);
      if (plain != null) {
        return plain;
      }
    }
    throw new BadRecordException(
        "missing_field", field + " is absent (required, or " + address + " that ends in it)");
  }

  /** A name; the API of old gives an address instead, which is none. */
  private static @Nullable String author(Fields fields) throws BadRecordException {
    String name = fields.loose("author_str");
    if (name == null && fields.looseFlag("per_curiam")) {
      return "Per Curiam";
    }
    return name;
  }

  private static @Nullable String slug(@Nullable String url) {
    Matcher slug = SLUG.matcher(url == null ? "" : url);
    return slug.find() ? slug.group(1) : null;
  }

  static @Nullable String orElse(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }
}
