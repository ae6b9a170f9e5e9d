package io.inmesh.control.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.inmesh.control.config.TokenReviewer;
import io.inmesh.control.config.TokenReviewer.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesTokensTest {

    private final TestCluster cluster = TestCluster.mock(WatchedKind.ALL, true);
    private final TokenReviewer tokens = new KubernetesTokens(cluster.client(), "istio-ca");

    @AfterEach
    void close() {
        cluster.close();
    }

    private void answers(int status, Object answer) {
        cluster.server()
                .expect()
                .post()
                .withPath("/apis/authentication.k8s.io/v1/tokenreviews")
                .andReturn(status, answer)
                .once();
    }

    private static TokenReview review(boolean authenticated, String audience, String user) {
        return new TokenReviewBuilder()
                .withNewStatus()
                .withAuthenticated(authenticated)
                .withAudiences(audience)
                .withNewUser()
                .withUsername(user)
                .endUser()
                .endStatus()
                .build();
    }

    @Test
    void aTokenOfAServiceAccountForTheCaProvesIt() {
        answers(201, review(true, "istio-ca", "system:serviceaccount:shop:reviews"));
        assertThat(tokens.review("t")).contains(new Account("shop", "reviews"));
    }

    @Test
    void whatKubernetesDoesNotConfirmProvesNothing() {
        answers(201, review(false, "istio-ca", "system:serviceaccount:shop:reviews"));
        assertThat(tokens.review("t")).as("not authenticated").isEmpty();
        answers(201, review(true, "https://kubernetes.default.svc", "system:serviceaccount:shop:reviews"));
        assertThat(tokens.review("t")).as("of another audience").isEmpty();
        answers(201, review(true, "istio-ca", "jane"));
        assertThat(tokens.review("t")).as("no service account").isEmpty();
        answers(201, review(true, "istio-ca", "system:serviceaccount:shop:x/../../y"));
        assertThat(tokens.review("t")).as("no name").isEmpty();
        answers(403, "{}");
        assertThat(tokens.review("t")).as("may not ask").isEmpty();
        assertThat(tokens.review("")).as("no token").isEmpty();
    }
}
