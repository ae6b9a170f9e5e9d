package io.inmesh.api.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00:ec2::254",
                "fc00::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::"
            })
    void nothingOfTheMachineOrItsNetworkIsFetchedFrom(String address) throws UnknownHostException {
        assertThat(FetchRule.PUBLIC.allows(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
    void thePublicNetworkIs(String address) throws UnknownHostException {
        assertThat(FetchRule.PUBLIC.allows(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void anOperatorMayAllowMore() throws UnknownHostException {
        FetchRule rule = FetchRule.publicAnd(address -> address.getHostAddress().equals("10.0.0.7"));

        assertThat(rule.allows(InetAddress.getByName("10.0.0.7"))).isTrue();
        assertThat(rule.allows(InetAddress.getByName("10.0.0.8"))).isFalse();
    }
}
