package dev.cairn.models.token;

/** A text that cannot be embedded: an error of the data, not of the model or the machine. */
public final class TextRefusedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Why a text was refused. */
  public enum Reason {
    /** More tokens than the limit. */
    TOO_LONG("text_too_long"),
    /** Not a single token: empty, white space, or only characters that the tokenizer drops. */
    NO_TOKENS("text_without_tokens"),
    /** A surrogate without its other half: not Unicode text. */
    LONE_SURROGATE("text_not_unicode");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** A stable name for records of failed texts. */
    public String code() {
      return code;
    }
  }

  private final Reason reason;

  TextRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why; stable, unlike the message. */
  public Reason reason() {
    return reason;
  }
}
