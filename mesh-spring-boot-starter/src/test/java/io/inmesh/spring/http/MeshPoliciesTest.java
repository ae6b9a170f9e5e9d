package io.inmesh.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.annotation.MeshTimeout;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyField;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Which policy a client has, and that none is without effect in silence. */
class MeshPoliciesTest {

    @HttpExchange
    interface Reviews {

        @GetExchange("/x")
        @MeshTimeout("1s")
        String get();
    }

    @MeshTimeout("1s")
    static final class NoClient {}

    static final class Beans {

        @MeshTimeout("1s")
        public StringBuilder words() {
            return new StringBuilder();
        }
    }

    private static Method get() {
        return Reviews.class.getMethods()[0];
    }

    private static MeshPolicies policies(Map<String, Map<String, String>> properties) {
        return new MeshPolicies(properties, name -> null, policy -> {});
    }

    @Test
    void aPropertyComesBeforeAnAnnotationAndTheMoreSpecificNameBeforeTheOther() {
        MeshPolicies policies = policies(Map.of(
                "reviews",
                Map.of("timeout", "2s", "retries.attempts", "1"),
                Reviews.class.getName(),
                Map.of("timeout", "3s")));

        CallPolicy policy = policies.of(Reviews.class, get(), List.of("reviews"));

        assertThat(policy.duration(PolicyField.TIMEOUT)).contains(Duration.ofSeconds(3));
        assertThat(policy.number(PolicyField.RETRY_ATTEMPTS)).hasValue(1);
        assertThat(policy.setting(PolicyField.TIMEOUT).orElseThrow().overridden())
                .extracting(CallPolicy.Setting::source)
                .containsExactly("mesh.clients.reviews.timeout", "@MeshTimeout on " + Reviews.class.getName() + ".get");
    }

    @Test
    void aSettingThatThereIsNotFailsTheStart() {
        assertThatThrownBy(() -> policies(Map.of("reviews", Map.of("retries.max-attempts", "3"))))
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageStartingWith("mesh.clients.reviews.retries.max-attempts is no setting of a client");
    }

    @Test
    void aPropertyOfNoClientFailsTheStart() {
        MeshPolicies policies = policies(Map.of("review", Map.of("timeout", "2s")));

        assertThatThrownBy(() -> placement(new DefaultListableBeanFactory(), policies))
                .hasMessageStartingWith("mesh.clients.review can have no effect");
    }

    @Test
    void annotationsOnWhatIsNoClientFailTheStart() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerBeanDefinition("noClient", new RootBeanDefinition(NoClient.class, NoClient::new));
        beans.getBean("noClient");

        assertThatThrownBy(() -> placement(beans, policies(Map.of())))
                .hasMessageContaining(NoClient.class.getName())
                .hasMessageContaining("can have no effect");
    }

    @Test
    void annotationsOnTheFactoryOfSomethingElseFailTheStart() throws Exception {
        Method factory = Beans.class.getMethod("words");
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerBeanDefinition("words", new RootBeanDefinition(StringBuilder.class, StringBuilder::new));
        beans.getBean("words");
        MeshPolicies policies = new MeshPolicies(Map.of(), name -> factory, policy -> {});

        assertThatThrownBy(() -> placement(beans, policies))
                .hasMessageContaining("Beans.words can have no effect")
                .hasMessageContaining("java.lang.StringBuilder");
    }

    @Test
    void anHttpInterfaceMadeByHandFailsTheStartAndOneOfAGroupDoesNot() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        Object proxy = Proxy.newProxyInstance(
                Reviews.class.getClassLoader(), new Class<?>[] {Reviews.class}, (self, method, arguments) -> null);
        beans.registerBeanDefinition("reviews", new RootBeanDefinition(Reviews.class, () -> (Reviews) proxy));
        beans.getBean("reviews");
        MeshPolicies byHand = policies(Map.of());
        MeshPolicies ofGroup = policies(Map.of());
        ofGroup.of(Reviews.class, get(), List.of("reviews"));

        assertThatThrownBy(() -> placement(beans, byHand)).hasMessageContaining("@ImportHttpServices");
        placement(beans, ofGroup);
    }

    private static void placement(DefaultListableBeanFactory beans, MeshPolicies policies) {
        new PolicyPlacement(beans, policies).afterSingletonsInstantiated();
    }
}
