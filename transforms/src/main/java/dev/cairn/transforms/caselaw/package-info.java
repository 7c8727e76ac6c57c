/**
 * Case law: all public forms of it to typed documents, and the citations in their texts.
 *
 * <p>{@link dev.cairn.transforms.caselaw.CaseDocument} is the noun, {@link
 * dev.cairn.transforms.caselaw.ParseCases} the verb.
 */
@NullMarked
package dev.cairn.transforms.caselaw;

import org.jspecify.annotations.NullMarked;
