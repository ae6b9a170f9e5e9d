package io.inmesh.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The mesh of a test class: its methods take a {@link MeshDecisions}. Needs neither a network nor Spring nor Kubernetes.
 *
 * <pre>{@code
 * @MeshConfig(files = "src/main/mesh/reviews.yaml", services = "reviews:9080 v1,v2")
 * class ReviewsRoutesTest {
 *     @Test
 *     void goldGoesToV2(MeshDecisions mesh) {
 *         assertThat(mesh).routes(get("http://reviews:9080/x").header("x-tier", "gold")).to("v2");
 *     }
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MeshExtension.class)
public @interface MeshConfig {

    /** Resources of Istio and Kubernetes as text. */
    String yaml() default "";

    /** Files with such resources; relative to the module. */
    String[] files() default {};

    /** Services that the files do not describe, such as {@code reviews:9080 v1,v2}; each version has an endpoint. */
    String[] services() default {};

    /** Where the caller and the services are. */
    String namespace() default "default";

    /** The caller's app label and service account. */
    String caller() default "caller";
}
