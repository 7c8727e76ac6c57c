package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.text.CleanText;
import dev.cairn.transforms.text.HtmlText;
import java.util.List;
import java.util.regex.Pattern;

/** An opinion that is a file of its own: its name is all that is known of it. */
final class TextCase {
  private static final Pattern EXTENSION =
      Pattern.compile("\\.(txt|html?)(\\.(gz|bz2))?$", Pattern.CASE_INSENSITIVE);

  private TextCase() {}

  static CaseDocument parse(RawRecord.Text record) throws BadRecordException {
    String path = record.path();
    if (!EXTENSION.matcher(path).find()) {
      throw new BadRecordException("unsupported_file", "no opinion by its name (.txt or .html)");
    }
    String name = EXTENSION.matcher(path).replaceFirst("");
    String title = record.html() ? HtmlText.titleOf(record.text()).strip() : "";
    String text = record.html() ? HtmlText.ofHtml(record.text()) : record.text();
    return CaseDocument.builder()
        .setId("text:" + name)
        .setForm(record.html() ? CaseForm.HTML : CaseForm.TEXT)
        .setName(title.isEmpty() ? null : title)
        .setFileName(name.substring(name.lastIndexOf('/') + 1))
        .setOpinions(List.of(Opinion.of(CleanText.of(text), "opinion", null)))
        .build();
  }
}
