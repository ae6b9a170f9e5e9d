package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.inmesh.control.config.TokenReviewer;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes' TokenReview, for tokens of one audience. */
final class KubernetesTokens implements TokenReviewer {

    private static final System.Logger LOG = System.getLogger(KubernetesTokens.class.getName());
    private static final Pattern ACCOUNT =
            Pattern.compile("system:serviceaccount:([a-z0-9-]{1,63}):([a-z0-9.-]{1,253})");
    private static final int LONGEST = 64 * 1024;

    private final KubernetesClient client;
    private final String audience;

    KubernetesTokens(KubernetesClient client, String audience) {
        this.client = client;
        this.audience = audience;
    }

    /** {@inheritDoc} An answer that does not confirm the audience proves nothing. */
    @Override
    public Optional<Account> review(String token) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return Optional.empty();
        }
        TokenReview question = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .withAudiences(audience)
                .endSpec()
                .build();
        try {
            return account(client.tokenReviews().create(question).getStatus());
        } catch (KubernetesClientException unreachable) {
            LOG.log(Level.WARNING, "a token cannot be reviewed: " + unreachable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Account> account(TokenReviewStatus status) {
        boolean good = status != null
                && Boolean.TRUE.equals(status.getAuthenticated())
                && Optional.ofNullable(status.getAudiences()).orElse(List.of()).contains(audience)
                && status.getUser() != null;
        if (!good) {
            return Optional.empty();
        }
        Matcher user = ACCOUNT.matcher(String.valueOf(status.getUser().getUsername()));
        return user.matches() ? Optional.of(new Account(user.group(1), user.group(2))) : Optional.empty();
    }
}
