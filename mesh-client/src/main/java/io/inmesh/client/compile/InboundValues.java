package io.inmesh.client.compile;

import io.inmesh.client.authz.Rule;
import io.inmesh.client.authz.ValueRule;
import io.inmesh.xds.model.rbac.MetadataMatch;
import io.inmesh.xds.model.rbac.ValueMatch;
import java.util.Optional;

/** Compiles conditions on claims. Other filters' metadata does not exist in process, so that conditions on it are not supported. */
final class InboundValues {

    private static final String TOKENS = "envoy.filters.http.jwt_authn";

    private InboundValues() {}

    /** Empty if it is about something that we do not have, or asks what we cannot. */
    static Optional<Rule> rule(MetadataMatch match) {
        if (!match.filter().equals(TOKENS) || match.path().isEmpty()) {
            return Optional.empty();
        }
        return value(match.value()).map(value -> {
            Rule rule = Rule.token(match.path(), value);
            return match.invert() ? Rule.not(rule) : rule;
        });
    }

    private static Optional<ValueRule> value(ValueMatch match) {
        if (match instanceof ValueMatch.Text text) {
            return InboundStrings.compile(text.match()).map(ValueRule::text);
        } else if (match instanceof ValueMatch.OneOf list) {
            return value(list.element()).map(ValueRule::oneOf);
        } else if (match instanceof ValueMatch.Or or) {
            var rules = or.matches().stream().map(InboundValues::value).toList();
            return rules.stream().allMatch(Optional::isPresent)
                    ? Optional.of(ValueRule.or(
                            rules.stream().map(Optional::orElseThrow).toList()))
                    : Optional.empty();
        }
        return scalar(match);
    }

    private static Optional<ValueRule> scalar(ValueMatch match) {
        if (match instanceof ValueMatch.Present present) {
            return Optional.of(ValueRule.present(present.present()));
        } else if (match instanceof ValueMatch.Bool bool) {
            return Optional.of(ValueRule.bool(bool.value()));
        } else if (match instanceof ValueMatch.Exactly number) {
            return Optional.of(ValueRule.number(number.value()));
        } else if (match instanceof ValueMatch.Range range) {
            return Optional.of(ValueRule.range(range.start(), range.end()));
        }
        return match instanceof ValueMatch.Null ? Optional.of(ValueRule.isNull()) : Optional.empty();
    }
}
