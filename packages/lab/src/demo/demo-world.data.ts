/**
 * The demo world, in the form of a world file: two organisations, people in each role, a bot, teams,
 * spaces with threads, a file and a card. Its tokens are made at the load.
 */
export const demoWorld = `
orgs:
  - key: acme
    displayName: Acme
    domains: [acme.test]
    siteUrl: acme.meet.test
    people:
      - key: ada
        email: ada@acme.test
        displayName: Ada Adler
        roles: [full_admin]
        tokens:
          - scopes: &admin
              - spark:all
              - spark:kms
              - spark-admin:people_read
              - spark-admin:people_write
              - spark-admin:organizations_read
              - spark-admin:licenses_read
              - spark-admin:roles_read
      - key: rhea
        email: rhea@acme.test
        displayName: Rhea Read
        roles: [readonly_admin]
        tokens:
          - scopes: *admin
      - key: cole
        email: cole@acme.test
        displayName: Cole Ward
        roles: [compliance_officer]
        tokens:
          - scopes:
              - spark:all
              - spark:kms
              - spark-compliance:events_read
              - spark-compliance:rooms_read
              - spark-compliance:rooms_write
              - spark-compliance:memberships_read
              - spark-compliance:memberships_write
              - spark-compliance:messages_read
              - spark-compliance:messages_write
              - spark-compliance:teams_read
              - spark-compliance:team_memberships_read
              - spark-compliance:team_memberships_write
              - spark-compliance:webhooks_read
              - spark-compliance:webhooks_write
      - key: uma
        email: uma@acme.test
        displayName: Uma Ember
        tokens:
          - scopes: &user [spark:all, spark:kms]
      - key: nico
        email: nico@acme.test
        displayName: Nico Nomeet
        licenses: [messaging]
        tokens:
          - scopes: *user
      - key: dev
        email: dev@acme.test
        displayName: Dev Builder
        tokens:
          - scopes: *user
    apps:
      - { key: echo, type: bot, name: Echo, username: echo, owner: dev }
    teams:
      - { key: platform, name: Platform, description: Who builds and runs it, creator: ada, members: [ada, uma, dev] }
      - { key: support, name: Support, creator: uma, members: [uma, nico] }
    rooms:
      - key: general
        title: General talk
        creator: ada
        members: [ada, rhea, uma, nico, dev, echo]
        messages:
          - { key: hello, by: ada, markdown: "Welcome to **Moothall**. Mention <@personEmail:echo@webex.bot|Echo> to try the bot." }
          - { by: uma, text: "Good morning!", parent: hello }
          - { by: nico, text: "Hello from me, without a meetings licence.", parent: hello }
          - { key: lunch, by: dev, text: "Who joins for lunch at noon?" }
          - { by: uma, text: "I do.", parent: lunch }
      - key: releases
        title: Releases
        team: platform
        creator: dev
        members: [ada, uma, dev]
        messages:
          - key: plan
            by: dev
            markdown: "The plan for the next release is attached."
            file:
              name: release-plan.md
              type: text/markdown
              text: |
                # Release plan

                1. Freeze on Monday
                2. Try it on Tuesday
                3. Ship on Wednesday
          - { by: ada, text: "Looks good to me.", parent: plan }
          - by: dev
            text: "Shall we ship on Wednesday?"
            card:
              type: AdaptiveCard
              version: "1.3"
              body:
                - { type: TextBlock, text: "Shall we ship on Wednesday?", wrap: true, weight: Bolder }
                - { type: Input.Text, id: comment, placeholder: A comment, isMultiline: true }
              actions:
                - { type: Action.Submit, title: "Yes", data: { answer: "yes" } }
                - { type: Action.Submit, title: "No", data: { answer: "no" } }
      - key: news
        title: Announcements
        creator: ada
        isLocked: true
        isAnnouncementOnly: true
        members: [ada, rhea, cole, uma, nico, dev]
        messages:
          - { by: ada, markdown: "The office is closed on Friday." }
  - key: globex
    displayName: Globex
    domains: [globex.test]
    siteUrl: globex.meet.test
    people:
      - key: gus
        email: gus@globex.test
        displayName: Gus Grand
        roles: [full_admin]
        tokens:
          - scopes: *admin
      - key: gina
        email: gina@globex.test
        displayName: Gina Gale
        tokens:
          - scopes: *user
    rooms:
      - key: partners
        title: Acme and Globex
        creator: gina
        members: [gina, uma]
        messages:
          - { key: offer, by: gina, text: "Could you send us your offer?" }
          - { by: uma, text: "It is on its way.", parent: offer }
`;
