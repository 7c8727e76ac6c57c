package dev.cairn.transforms.caselaw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON by hand, with single quotes for readability. */
final class CaseFiles {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CaseFiles() {}

  static ObjectNode record(String quoted) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(quoted.replace('\'', '"'));
  }

  /** A whole record: every field that a case has. */
  static ObjectNode whole() throws JsonProcessingException {
    return record(
        """
        {'id': 12, 'name': 'Ann DOE v. John ROE', 'name_abbreviation': 'Doe v. Roe',
         'decision_date': '1896-05-31', 'docket_number': 'No. 7', 'first_page': '137',
         'last_page': '180', 'citations': [{'type': 'official', 'cite': '5 U.S. 137'},
         {'type': 'nominative', 'cite': '1 Cranch 137'}],
         'court': {'id': 9009, 'name': 'Supreme Court', 'name_abbreviation': 'U.S.'},
         'jurisdiction': {'id': 39, 'name': 'U.S.', 'name_long': 'United States'},
         'cites_to': [{'cite': '2 U.S. 1', 'category': 'reporters:federal',
         'reporter': 'U.S.', 'year': 1792, 'case_ids': [1]}],
         'analysis': {'ocr_confidence': 0.75, 'word_count': 3},
         'last_updated': '2024-02-27', 'provenance': {'date_added': '2019-08-29',
         'source': 'Harvard', 'batch': '2018'}, 'file_name': '0137-01',
         'casebody': {'judges': ['Marshall'], 'parties': ['Doe', 'Roe'],
         'attorneys': ['A. B.'], 'corrections': 'page 2', 'head_matter': 'Head.',
         'opinions': [{'text': 'We hold.', 'type': 'majority', 'author': 'MARSHALL'}]}}
        """);
  }

  /** The least that a case has: an id and a body. */
  static ObjectNode least(String casebody) throws JsonProcessingException {
    return record("{'id': 1, 'casebody': " + casebody + "}");
  }
}
