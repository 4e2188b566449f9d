/** `requestParameters` as CloudTrail writes them, by `service EventName`; words in <> are drawn for each record. */
export const REQUESTS = new Map<string, string>([
  [
    'ec2 RunInstances',
    '{"instancesSet":{"items":[{"imageId":"ami-0<token>7","minCount":1,"maxCount":1,"keyName":"<name>"}]},"instanceType":"m6i.large","blockDeviceMapping":{},"monitoring":{"enabled":false},"disableApiTermination":false,"clientToken":"<guid>","ebsOptimized":true}',
  ],
  [
    'ec2 DescribeInstances',
    '{"instancesSet":{"items":[{"instanceId":"i-<hex17>"}]},"filterSet":{}}',
  ],
  [
    'ec2 DescribeInstanceStatus',
    '{"instancesSet":{"items":[{"instanceId":"i-<hex17>"},{"instanceId":"i-<hex17>"}]},"filterSet":{},"includeAllInstances":true}',
  ],
  [
    'ec2 DescribeSnapshots',
    '{"maxResults":200,"sharedUsersSet":{},"snapshotSet":{},"ownersSet":{"items":[{"owner":"self"}]},"filterSet":{"items":[{"name":"volume-id","valueSet":{"items":[{"value":"vol-<hex17>"}]}}]}}',
  ],
  ['ec2 CreateSnapshot', '{"volumeId":"vol-<hex17>","description":"nightly <name>"}'],
  ['ec2 DeleteSnapshot', '{"snapshotId":"snap-<hex17>"}'],
  [
    'ec2 ModifySnapshotAttribute',
    '{"snapshotId":"snap-<hex17>","createVolumePermission":{"add":{"items":[{"userId":"999988887777"}]}},"attributeType":"CREATE_VOLUME_PERMISSION"}',
  ],
  [
    'ec2 AuthorizeSecurityGroupIngress',
    '{"groupId":"sg-<hex17>","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":443,"toPort":443,"groups":{},"ipRanges":{"items":[{"cidrIp":"10.20.0.0/16"}]},"ipv6Ranges":{},"prefixListIds":{}}]}}',
  ],
  [
    'sts AssumeRole',
    '{"roleArn":"arn:aws:iam::<account>:role/<role>","roleSessionName":"<token>","durationSeconds":3600}',
  ],
  [
    'sts AssumeRoleWithWebIdentity',
    '{"roleArn":"arn:aws:iam::<account>:role/<role>","roleSessionName":"GitHubActions","durationSeconds":3600}',
  ],
  ['sts GetCallerIdentity', 'null'],
  ['s3 ListBuckets', '{"Host":"s3.<region>.amazonaws.com"}'],
  [
    's3 GetObject',
    '{"bucketName":"<bucket>","Host":"<bucket>.s3.<region>.amazonaws.com","key":"2026/<token>.json"}',
  ],
  [
    's3 PutObject',
    '{"bucketName":"<bucket>","Host":"<bucket>.s3.<region>.amazonaws.com","key":"2026/<token>.json","x-amz-server-side-encryption":"aws:kms"}',
  ],
  [
    's3 DeleteObject',
    '{"bucketName":"<bucket>","Host":"<bucket>.s3.<region>.amazonaws.com","key":"2026/<token>.json"}',
  ],
  [
    'kms Decrypt',
    '{"encryptionAlgorithm":"SYMMETRIC_DEFAULT","encryptionContext":{"PARAMETER_ARN":"arn:aws:ssm:<region>:<account>:parameter/<name>/database"}}',
  ],
  [
    'kms GenerateDataKey',
    '{"keySpec":"AES_256","keyId":"arn:aws:kms:<region>:<account>:key/6fd2a1c4-9b0e-4d52-8a37-0c5e9b7d1f20","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::<bucket>"}}',
  ],
  ['secretsmanager GetSecretValue', '{"secretId":"<name>/database-<count>"}'],
  ['ssm GetParameter', '{"name":"/<name>/config-<count>","withDecryption":true}'],
  [
    'ssm UpdateInstanceInformation',
    '{"instanceId":"i-<hex17>","agentStatus":"Active","agentVersion":"3.3.551.0","platformType":"Linux","platformName":"Amazon Linux","platformVersion":"2023","iPAddress":"10.20.4.17","computerName":"ip-10-20-4-17.<region>.compute.internal","agentName":"amazon-ssm-agent"}',
  ],
  [
    'ssm PutComplianceItems',
    '{"resourceId":"i-<hex17>","resourceType":"ManagedInstance","complianceType":"Association","itemContentHash":"<token>"}',
  ],
  [
    'elasticloadbalancing DescribeTargetHealth',
    '{"targetGroupArn":"arn:aws:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<token>"}',
  ],
  ['config PutEvaluations', '{"evaluations":[],"resultToken":"<guid>","testMode":false}'],
  ['logs CreateLogStream', '{"logGroupName":"/ecs/<name>","logStreamName":"app/<name>/<token>"}'],
  ['logs CreateLogGroup', '{"logGroupName":"/aws/lambda/<name>-<count>"}'],
  [
    'ecr BatchGetImage',
    '{"registryId":"<account>","repositoryName":"<name>","imageIds":[{"imageTag":"<token>"}],"acceptedMediaTypes":["application/vnd.oci.image.manifest.v1+json"]}',
  ],
  [
    'athena StartQueryExecution',
    '{"queryString":"***OMITTED***","clientRequestToken":"<guid>","workGroup":"reports","resultConfiguration":{"outputLocation":"s3://<bucket>/athena/"}}',
  ],
  ['athena GetQueryExecution', '{"queryExecutionId":"<guid>"}'],
  ['dynamodb DescribeTable', '{"tableName":"<name>"}'],
  [
    'lambda Invoke',
    '{"functionName":"arn:aws:lambda:<region>:<account>:function:<name>","sourceArn":"arn:aws:sqs:<region>:<account>:<name>"}',
  ],
  [
    'rds CreateDBSnapshot',
    '{"dBSnapshotIdentifier":"<name>-nightly-<token>","dBInstanceIdentifier":"<name>"}',
  ],
  [
    'iam AttachUserPolicy',
    '{"userName":"<user>","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}',
  ],
  [
    'health DescribeEventAggregates',
    '{"aggregateField":"eventTypeCategory","filter":{"eventStatusCodes":["open","upcoming"],"startTimes":[{"from":"<time>"}]}}',
  ],
  ['signin ConsoleLogin', 'null'],
  [
    'cloudtrail LookupEvents',
    '{"maxResults":50,"lookupAttributes":[{"attributeKey":"ReadOnly","attributeValue":"false"}]}',
  ],
])

/** `responseElements` where CloudTrail keeps them. */
export const RESPONSES = new Map<string, string>([
  [
    'ec2 RunInstances',
    '{"requestId":"<guid>","reservationId":"r-<hex17>","ownerId":"<account>","groupSet":{},"instancesSet":{"items":[{"instanceId":"i-<hex17>","imageId":"ami-0<token>7","currentState":{"code":0,"name":"pending"},"instanceType":"m6i.large","launchTime":"<time>","placement":{"availabilityZone":"<region>a","tenancy":"default"},"privateIpAddress":"10.20.7.31"}]}}',
  ],
  [
    'ec2 CreateSnapshot',
    '{"requestId":"<guid>","snapshotId":"snap-<hex17>","volumeId":"vol-<hex17>","status":"pending","startTime":"<time>","progress":"","ownerId":"<account>","volumeSize":"100"}',
  ],
  [
    'sts AssumeRole',
    '{"credentials":{"accessKeyId":"ASIA<id>","sessionToken":"<secret>","expiration":"<later>"},"assumedRoleUser":{"assumedRoleId":"AROA<id>A:<token>","arn":"arn:aws:sts::<account>:assumed-role/<role>/<token>"}}',
  ],
  [
    'sts AssumeRoleWithWebIdentity',
    '{"subjectFromWebIdentityToken":"repo:shop/infrastructure:ref:refs/heads/main","provider":"arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com","audience":"sts.amazonaws.com","credentials":{"accessKeyId":"ASIA<id>","sessionToken":"<secret>","expiration":"<later>"}}',
  ],
  [
    'iam CreateAccessKey',
    '{"accessKey":{"userName":"<user>","accessKeyId":"AKIA<id>","status":"Active","createDate":"<time>"}}',
  ],
  [
    'iam CreateUser',
    '{"user":{"path":"/","userName":"<user>","userId":"AIDA<id>A","arn":"arn:aws:iam::<account>:user/<user>","createDate":"<time>"}}',
  ],
  ['signin ConsoleLogin', '{"ConsoleLogin":"Success"}'],
  ['athena StartQueryExecution', '{"queryExecutionId":"<guid>"}'],
  [
    'rds CreateDBSnapshot',
    '{"dBSnapshotIdentifier":"<name>-nightly-<token>","status":"creating","engine":"postgres","allocatedStorage":200,"availabilityZone":"<region>a","vpcId":"vpc-0<token>a","encrypted":true,"storageType":"gp3"}',
  ],
  ['s3 PutObject', '{"x-amz-server-side-encryption":"aws:kms","x-amz-version-id":"<secret>"}'],
])
