package io.inmesh.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.annotation.MeshAllow;
import io.inmesh.api.annotation.MeshDeny;
import io.inmesh.client.authz.CallerRule;
import io.inmesh.spring.access.CallerRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

class MeshAccessAutoConfigurationTest {

    private final List<CallerRule> inForce = new ArrayList<>();

    private final WebApplicationContextRunner mvc = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MeshAccessAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class));

    private WebApplicationContextRunner judged() {
        return mvc.withBean(MeshAccessAutoConfiguration.CalledSide.class, () -> inForce::addAll);
    }

    private CallerRule rule(String source) {
        return inForce.stream()
                .filter(rule -> rule.source().equals(source))
                .findFirst()
                .orElseThrow(() -> new AssertionError(inForce.toString()));
    }

    @RestController
    @RequestMapping("/orders")
    @MeshAllow(namespaces = "shop")
    static class Orders {

        @GetMapping("/{id}")
        String read(@PathVariable String id) {
            return id;
        }

        @DeleteMapping("/{id}")
        @MeshAllow(principals = "*/sa/clerk")
        @MeshDeny(principals = "*/sa/guest")
        void delete(@PathVariable String id) {}
    }

    @Test
    void aHandlersRequestsAreThoseOfItsMapping() {
        judged().withBean(Orders.class).run(context -> {
            CallerRule read = rule("@MeshAllow on " + Orders.class.getName());
            assertThat(read.methods()).isEqualTo(Set.of("GET", "HEAD"));
            assertThat(read.namespaces()).containsExactly("shop");
            assertThat(read.paths().test("/orders/7")).isTrue();
            assertThat(read.paths().test("/orders/%37;v=1")).isTrue();
            assertThat(read.paths().test("/orders")).isFalse();
            assertThat(read.paths().test("/orders/7/lines")).isFalse();
        });
    }

    @Test
    void aMethodsAnnotationGoesBeforeItsClasss() {
        judged().withBean(Orders.class).run(context -> {
            CallerRule delete = rule("@MeshAllow on " + Orders.class.getName() + ".delete");
            assertThat(delete.allows()).isTrue();
            assertThat(delete.methods()).containsExactly("DELETE");
            assertThat(delete.namespaces()).as("the class's").isEmpty();
            assertThat(rule("@MeshDeny on " + Orders.class.getName() + ".delete")
                            .allows())
                    .isFalse();
            assertThat(context.getBean(CallerRules.class).describe())
                    .contains("@MeshDeny on " + Orders.class.getName()
                            + ".delete methods=[DELETE] principals=[*/sa/guest]");
        });
    }

    @Test
    void aContextPathIsPartOfThePath() {
        judged().withBean(Orders.class)
                .withPropertyValues("server.servlet.context-path=/shop/", "spring.mvc.servlet.path=/api")
                .run(context -> {
                    CallerRule read = rule("@MeshAllow on " + Orders.class.getName());
                    assertThat(read.paths().test("/shop/api/orders/7")).isTrue();
                    assertThat(read.paths().test("/%73hop/api/orders/7")).isTrue();
                    assertThat(read.paths().test("/orders/7")).isFalse();
                });
    }

    @EnableAutoConfiguration(excludeName = "all")
    @MeshDeny(namespaces = "sandbox")
    static class Application {}

    interface Api {
        @MeshDeny
        @GetMapping("/api")
        String api();
    }

    @RestController
    static class ApiController implements Api {
        @Override
        public String api() {
            return "";
        }
    }

    @Test
    void anAnnotationOnTheInterfaceOfAHandlerHolds() {
        judged().withBean(ApiController.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(rule("@MeshDeny on " + ApiController.class.getName() + ".api")
                            .paths()
                            .test("/api"))
                    .isTrue();
        });
    }

    static class Service {
        @MeshAllow
        void work() {}
    }

    @Test
    void whereNoRequestIsHandledTheStartFails() {
        judged().withBean(Service.class).run(context -> assertThat(context.getStartupFailure())
                .hasMessageContaining("Service.work can have no effect: the method handles no requests"));
    }

    @MeshDeny
    static class Plain {}

    @Test
    void onABeanThatIsNoControllerTheStartFails() {
        judged().withBean(Plain.class).run(context -> assertThat(context.getStartupFailure())
                .hasMessageContaining("it is no controller, has no handlers, and is not the application's class"));
    }

    @Test
    void whereTheMeshJudgesNobodyTheStartFails() {
        mvc.withBean(Orders.class).run(context -> assertThat(context.getStartupFailure())
                .hasMessageContaining("the mesh does not judge the callers of this application"));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MeshAccessAutoConfiguration.class))
                .withBean(Plain.class)
                .run(context -> assertThat(context).hasFailed());
    }

    @RestController
    static class Prefixed {
        @MeshAllow(principals = "spiffe://cluster.local/ns/shop/sa/clerk")
        @GetMapping("/x")
        void x() {}
    }

    @RestController
    static class OtherMethod {
        @MeshAllow(methods = "POST")
        @GetMapping("/x")
        void x() {}
    }

    @Test
    void aValueThatMatchesNobodyFailsTheStart() {
        judged().withBean(Prefixed.class).run(context -> assertThat(context.getStartupFailure())
                .hasMessageContaining("principals have no spiffe:// before them"));
        judged().withBean(OtherMethod.class).run(context -> assertThat(context.getStartupFailure())
                .hasMessageContaining("it names the methods [POST], and its handler has [GET, HEAD]"));
    }

    @Test
    void whatTheApplicationsClassSaysHoldsForEveryRequest() {
        judged().withUserConfiguration(Application.class).run(context -> {
            CallerRule all = rule("@MeshDeny on " + Application.class.getName());
            assertThat(all.paths().test("/anything/at/all")).isTrue();
            assertThat(all.methods()).isEmpty();
        });
    }

    @Test
    void withoutAnnotationsNobodyIsAskedAnything() {
        mvc.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(CallerRules.class).describe()).isEmpty();
        });
    }
}
