package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import io.inmesh.spring.notice.RepeatedRetries;
import io.inmesh.spring.notice.StartNotice;
import io.inmesh.spring.notice.StartNotices;
import io.inmesh.spring.notice.UncoveredClients;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** What an application's owner ought to know about clients and retries of his, said once at the start. */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBean(Mesh.class)
public final class MeshNoticeAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RepeatedRetries meshRepeatedRetries(ConfigurableListableBeanFactory beans) {
        return new RepeatedRetries(beans);
    }

    @Bean
    @ConditionalOnMissingBean
    UncoveredClients meshUncoveredClients(
            ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment, Mesh mesh) {
        return new UncoveredClients(beans, environment, mesh::offersMutualTls);
    }

    @Bean
    @ConditionalOnMissingBean
    StartNotices meshStartNotices(ObjectProvider<StartNotice> notices) {
        return new StartNotices(notices.orderedStream().toList());
    }
}
