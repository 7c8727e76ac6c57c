package dev.cairn.pipelines.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A report as a page: {@code report.html} beside this class, with the report's JSON in it. */
final class ReportPage {
  private static final String PLACE = "\"REPORT\"";

  private ReportPage() {}

  /**
   * The page of a report.
   *
   * @param json of the report; what it says is shown as text, whatever it is
   */
  static String of(String json) throws IOException {
    try (InputStream page = ReportPage.class.getResourceAsStream("report.html")) {
      if (page == null) {
        throw new IOException("Cannot make report: report.html (a resource of the build)");
      }
      String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      String data = json.replace("<", "\\u003c"); // no text may end the script
      return text.replace(PLACE, data);
    }
  }
}
