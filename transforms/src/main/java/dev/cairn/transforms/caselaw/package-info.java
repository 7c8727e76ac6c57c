/**
 * Case law: the Caselaw Access Project's static JSON to typed documents.
 *
 * <p>{@link dev.cairn.transforms.caselaw.CaseDocument} is the noun, {@link
 * dev.cairn.transforms.caselaw.ParseCases} the verb.
 */
@NullMarked
package dev.cairn.transforms.caselaw;

import org.jspecify.annotations.NullMarked;
