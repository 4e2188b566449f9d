/** ARN of a role of IAM, in any partition. */
export const ROLE_ARN = '^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}$'
/** What a trust policy may ask for, as STS takes it. */
export const EXTERNAL_ID = '^[\\w+=,.@:/-]{2,1224}$'
